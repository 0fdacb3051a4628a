// Checked by `tsc`, never run: each expected error is an error of the compiler.
import { faceVerify, type FaceVerify, type FaceVerifyVariables, type Session, sessionHandler } from '@faceverify/hono';
import { Hono } from 'hono';
import { hc } from 'hono/client';
import { expectTypeOf } from 'vitest';

interface AppEnv {
  Bindings: { FACEVERIFY_API_KEY: string };
  Variables: FaceVerifyVariables & { user?: { readonly id: string; readonly age: number } };
}

// In a chain, the middleware brings its type along.
new Hono().use(faceVerify()).post('/chained', async (c) => {
  expectTypeOf(c.var.faceVerify).toEqualTypeOf<FaceVerify>();
  const session = await c.var.faceVerify.createSession({ uniqueIdentifier: 'user-1', country: 'US' });
  expectTypeOf(session).toEqualTypeOf<Session>();
  // @ts-expect-error -- Misspelt.
  void c.var.faceVerfy;
  return c.redirect(session.url, 303);
});

// Without one, the app names it.
const app = new Hono<AppEnv>();
app.use(faceVerify());
app.post('/attached', async (c) => {
  expectTypeOf(c.var.faceVerify).toEqualTypeOf<FaceVerify>();
  // @ts-expect-error -- Misspelt.
  void c.var.faceVerfy;
  // @ts-expect-error -- Misspelt.
  void c.var.faceVerify.createSesion();
  // @ts-expect-error -- A number would be another identity than its text.
  void c.var.faceVerify.createSession({ uniqueIdentifier: 1 });
  // @ts-expect-error -- A forgotten id must not make an anonymous session.
  void c.var.faceVerify.createSession({ uniqueIdentifier: undefined });
  // @ts-expect-error -- The same, by an optional user.
  void c.var.faceVerify.createSession({ uniqueIdentifier: c.var.user?.id });
  return c.body(null);
});

// Nothing is declared for apps that do not use the middleware.
new Hono<{ Variables: { user: string } }>().get('/', (c) => {
  // @ts-expect-error -- Not mounted here.
  void c.var.faceVerify;
  return c.body(null);
});

app.post(
  '/mounted',
  sessionHandler<AppEnv>({
    identify: (c) => {
      expectTypeOf(c.var.user).toEqualTypeOf<AppEnv['Variables']['user']>();
      return c.var.user && { uniqueIdentifier: c.var.user.id };
    },
  }),
);
app.post(
  '/later',
  sessionHandler({ identify: async (c) => (c.req.path === '/' ? { uniqueIdentifier: 'user-1' } : null) }),
);

// A typed client knows what the route answers.
const routes = new Hono().post('/face-verify/session', sessionHandler({ identify: () => null }));
const response = await hc<typeof routes>('https://app.example.com')['face-verify'].session.$post();
expectTypeOf(response.status).toEqualTypeOf<200 | 303 | 401 | 403 | 405 | 500 | 502 | 503 | 504>();
if (response.status === 200) {
  expectTypeOf(await response.json()).toEqualTypeOf<{ sessionId: string; url: string }>();
} else if (response.status === 401) {
  const problem = await response.json();
  expectTypeOf(problem.code).toEqualTypeOf<string>();
  // @ts-expect-error -- A problem has no link.
  void problem.url;
}
// @ts-expect-error -- It is a POST route.
void hc<typeof routes>('https://app.example.com')['face-verify'].session.$get;

// @ts-expect-error -- Without identify there is nobody to make a session for.
sessionHandler({});
// @ts-expect-error -- An identity, not an identifier.
sessionHandler<AppEnv>({ identify: (c) => c.var.user?.id });
// @ts-expect-error -- A number is none.
sessionHandler<AppEnv>({ identify: (c) => c.var.user && { uniqueIdentifier: c.var.user.age } });
// @ts-expect-error -- Nor is what may be missing.
sessionHandler<AppEnv>({ identify: (c) => ({ uniqueIdentifier: c.var.user?.id }) });
// @ts-expect-error -- Misspelt.
sessionHandler<AppEnv>({ identify: (c) => c.var.usr && null });
// @ts-expect-error -- Misspelt.
faceVerify({ apiKey: 'key', secret: 'secret' });
faceVerify<AppEnv>((c) => ({ apiKey: c.env.FACEVERIFY_API_KEY, secretKey: 'secret' }));
