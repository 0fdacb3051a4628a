// Checked by `tsc`, never run: each expected error is an error of the compiler.
import { type FaceVerifyError, privateHeaders, sameOrigin, sessionHandler } from '@faceverify/web';
import { expectTypeOf } from 'vitest';

interface User {
  readonly id: string;
  readonly age: number;
}
declare function userOf(request: Request): Promise<User | undefined>;

// Bun.serve and others that pass the request alone.
const alone = sessionHandler({
  identify: async (request) => {
    expectTypeOf(request).toEqualTypeOf<Request>();
    const user = await userOf(request);
    return user && { uniqueIdentifier: user.id };
  },
});
expectTypeOf(alone).toEqualTypeOf<(request: Request, second?: unknown, third?: unknown) => Promise<Response>>();

// Next.js: what comes after the request has the type that identify names, and so has a request of its own class.
class NextRequest extends Request {
  readonly cookies = new Map<string, string>();
}
interface NextContext {
  params: Promise<{ team: string }>;
}
const ofTeam = sessionHandler({
  identify: async (request: NextRequest, { params }: NextContext) => ({
    uniqueIdentifier: `${(await params).team}-${request.cookies.get('user')}`,
  }),
  onError: (_error, request, context) => {
    expectTypeOf(request).toEqualTypeOf<NextRequest>();
    expectTypeOf(context).toEqualTypeOf<NextContext>();
  },
});
expectTypeOf(ofTeam).parameters.toEqualTypeOf<[NextRequest, (NextContext | undefined)?, unknown?]>();
// What Next.js checks of a route.
({ POST: ofTeam, PUT: alone }) satisfies Record<string, (request: NextRequest, context: NextContext) => unknown>;

// Workers: the types come from what the handler is for.
interface Env {
  readonly API_KEY: string;
  readonly SECRET_KEY: string;
  readonly USERS: { get(token: string): Promise<User | null> };
}
interface ExecutionContext {
  waitUntil(promise: Promise<unknown>): void;
}
interface Worker<Bindings> {
  fetch?: (request: Request, env: Bindings, context: ExecutionContext) => Response | Promise<Response>;
}
({
  fetch: sessionHandler({
    identify: async (request, env, context) => {
      expectTypeOf(request).toEqualTypeOf<Request>();
      expectTypeOf(context).toEqualTypeOf<ExecutionContext>();
      const user = await env.USERS.get(request.headers.get('authorization') ?? '');
      return user && { uniqueIdentifier: user.id };
    },
    client: (_request, env) => ({ apiKey: env.API_KEY, secretKey: env.SECRET_KEY }),
    onError: (error, _request, _env, context) => {
      expectTypeOf(error).toEqualTypeOf<FaceVerifyError>();
      expectTypeOf(context).toEqualTypeOf<ExecutionContext>();
    },
  }),
}) satisfies Worker<Env>;

// Also where identify does not need them.
({
  fetch: sessionHandler({
    identify: (request) => ({ uniqueIdentifier: request.url }),
    client: (_request, env) => ({ apiKey: env.API_KEY, secretKey: env.SECRET_KEY }),
  }),
}) satisfies Worker<Env>;

// SvelteKit, Astro and React Router give one value, which holds the request.
interface RequestEvent {
  readonly request: Request;
  readonly locals: { readonly user?: User };
}
const handler = sessionHandler<RequestEvent>({
  identify: (_request, { locals }) => locals.user && { uniqueIdentifier: locals.user.id },
});
export const POST = (event: RequestEvent): Promise<Response> => handler(event.request, event);
sessionHandler({
  identify: (_request, { locals }: RequestEvent) => locals.user && { uniqueIdentifier: locals.user.id },
  // @ts-expect-error -- Misspelt.
  client: (_request, { local }) => ({ apiKey: String(local), secretKey: 'secret' }),
});
// @ts-expect-error -- No event.
void handler(new Request('https://app.example.com'), {});
// A server may pass more than identify needs.
export const PUT = (event: RequestEvent): Promise<Response> => alone(event.request, event);

expectTypeOf(sameOrigin()).toEqualTypeOf<(request: Request) => Response | undefined>();
Response.json({}, { headers: privateHeaders });
void new Response(null, { status: 303, headers: { ...privateHeaders, location: '/' } });
// @ts-expect-error -- Shared by every answer.
privateHeaders['location'] = '/';

// @ts-expect-error -- Without identify there is nobody to make a session for.
sessionHandler({});
// @ts-expect-error -- An identity, not an identifier.
sessionHandler({ identify: () => 'user-1' });
// @ts-expect-error -- A number is none.
sessionHandler({ identify: async (request) => ({ uniqueIdentifier: (await userOf(request))?.age }) });
// @ts-expect-error -- Nor is what may be missing.
sessionHandler({ identify: async (request) => ({ uniqueIdentifier: (await userOf(request))?.id }) });
// @ts-expect-error -- Misspelt.
sessionHandler({ identify: () => null, client: { apiKey: 'key', secret: 'secret' } });
// @ts-expect-error -- Misspelt.
sameOrigin({ origin: ['https://app.example.com'] });
