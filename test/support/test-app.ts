/**
 * Apps made of test routes, which every adapter mounts in the same way: the contract, the fault matrix
 * and the soak test all use them. Runs on Workers too: nothing here needs Node or vitest.
 */
import type { FaceVerify, Session } from '@faceverify/core';
import type { SameOriginOptions, SessionRouteOptions, Source } from '@faceverify/core/adapter';
import type { RequestListener } from 'node:http';

/** What a test route reads of a request: every framework can give it. */
export interface TestRequest {
  readonly header: (name: string) => string | undefined;
  /** The framework's own request or context. */
  readonly native: unknown;
}

/** Reads a header of the framework's own request. */
export type ReadHeader<Native> = (native: Native, name: string) => string | undefined;

/** The options of `sessionHandler`. */
export type HandlerOptions<Native> = SessionRouteOptions<Native> & { readonly client?: Source<Native> | undefined };

/** What a handler of the app's own does with the client. */
export type CreateSession<Native = TestRequest> = (client: FaceVerify, native: Native) => Promise<Session>;

/** One route of a test app; `Native` is the framework's own request or context. */
export interface TestRoute<Native = TestRequest> {
  readonly path: `/${string}`;
  /** `faceVerify(source)` goes before the route; without this key it does not. */
  readonly middleware?: { readonly source: Source<Native> | undefined };
  /** The route is `sessionHandler(mounted)`. */
  readonly mounted?: HandlerOptions<Native>;
  /** `sameOrigin(options)` goes before the route. */
  readonly sameOrigin?: SameOriginOptions;
  /** The route is a handler of the app's own, which redirects to the session that this creates. */
  readonly attached?: CreateSession<Native>;
}

/** An app in no framework's words. */
export interface TestApp {
  readonly routes: readonly TestRoute[];
  /** Where the routes are mounted: empty for the root. */
  readonly prefix: '' | `/${string}`;
  /** Whether a middleware before the routes reads JSON and form bodies. */
  readonly parseBody: boolean;
  /** Called by the framework's error handling, which then answers in its own way. Left out, the app adds none. */
  readonly caught?: ((error: unknown) => void) | undefined;
  /** Answered as JSON at `/notes`. */
  readonly takeNotes: () => unknown;
}

/** One major version of a framework, with its adapter: what `test/frameworks.ts` of an adapter exports. */
export interface Framework {
  /** As in a report: `Express 5`. */
  readonly name: string;
  /** Builds the app for `node:http`. */
  readonly listenerOf: (app: TestApp) => RequestListener | Promise<RequestListener>;
  /** Builds the app for servers of the web standards, such as those of Bun and Deno, if it can run on them. */
  readonly fetchOf?: (app: TestApp) => Fetch;
}

/** What a server of the web standards calls for each request. Such servers add arguments of their own. */
export type Fetch = (request: Request, ...rest: never[]) => Response | Promise<Response>;

/** The routes with their options turned to the framework's own request. */
export function routesFor<Native>(routes: readonly TestRoute[], header: ReadHeader<Native>): TestRoute<Native>[] {
  const view = (native: Native): TestRequest => ({ native, header: (name) => header(native, name) });
  return routes.map(({ path, middleware, sameOrigin, mounted, attached }) => ({
    path,
    ...(sameOrigin && { sameOrigin }),
    ...(middleware && { middleware: { source: sourceFor(middleware.source, view) } }),
    ...(mounted && { mounted: optionsFor(mounted, view) }),
    ...(attached && { attached: (client, native) => attached(client, view(native)) }),
  }));
}

type View<Native> = (native: Native) => TestRequest;

function sourceFor<Native>(source: Source<TestRequest> | undefined, view: View<Native>): Source<Native> | undefined {
  return typeof source === 'function' ? (native) => source(view(native)) : source;
}

function optionsFor<Native>(
  { identify, client, onError, ...rest }: HandlerOptions<TestRequest>,
  view: View<Native>,
): HandlerOptions<Native> {
  return {
    ...rest,
    identify: (native) => identify(view(native)),
    client: sourceFor(client, view),
    ...(onError && { onError: (error, native) => onError(error, view(native)) }),
  };
}
