import { faceVerify, sameOrigin, sessionHandler } from '@faceverify/hono';
import { type Context, Hono } from 'hono';
import { type AppEnv, failure, login, page } from './demo.ts';

const app = new Hono<AppEnv>();
app.use(login); // A stand-in for your own: it sets c.var.user.

app.use(faceVerify()); // On Workers the keys come from c.env.

// Whom to verify: the signed-in user, and nothing that the request says.
const identify = ({ var: { user } }: Context<AppEnv>) => user && { uniqueIdentifier: user.id, country: user.country };

// The ready route, for the page's script.
app.post('/face-verify/session', sessionHandler<AppEnv>({ identify }));

// A route of your own, for the page's form. sameOrigin() refuses requests from other sites, as the ready route does.
app.post('/kyc', sameOrigin(), async (c) => {
  const identity = identify(c);
  if (identity === undefined) return c.redirect('/', 303);
  const session = await c.var.faceVerify.createSession(identity);
  return c.redirect(session.url, 303);
});

app.notFound(page);
app.onError(failure);

// oxlint-disable-next-line import/no-default-export -- As Workers want it.
export default app;
