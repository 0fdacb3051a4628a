import type { RequestListener } from 'node:http';

/** Names that a module exports, or that code leaves behind. */
export type Names = Readonly<Record<string, unknown>>;

/** What a Worker would find in its environment. */
export type Bindings = Names;

/** What a reader has before a snippet begins: an app with a login, or somebody who is signed in. */
export interface Fixture {
  /** What snippets may name without a declaration: those that `createFixture` makes, and types. */
  readonly scope: { readonly values: readonly string[]; readonly types: readonly string[] };
  /** Makes the values; adapters' fixtures take the framework, which may be an older version. */
  readonly createFixture: (framework?: never) => Names;
}

/** How requests are sent to an app: to a server of its own, or to the app itself. */
export type AppHandler =
  | RequestListener
  | { readonly fetch: (request: Request, bindings: Bindings) => Response | Promise<Response> };

/** What `test/docs-fixture.ts` of an adapter exports. */
export interface FrameworkFixture extends Fixture {
  /** The modules that its snippets may import besides the adapter. */
  readonly modules: Readonly<Record<string, () => Promise<object>>>;
  /** How an app of this framework is served, once it is ready; `undefined` if `app` is of another. */
  readonly handlerOf: (app: unknown) => AppHandler | Promise<AppHandler> | undefined;
}
