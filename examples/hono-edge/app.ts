import { faceVerify, sessionHandler } from '@faceverify/hono';
import { Hono } from 'hono';
import { type AppEnv, failure, login, page } from './demo.ts';

const app = new Hono<AppEnv>();
app.use(login); // A stand-in for your own: it sets c.var.user.

app.use(faceVerify()); // On Workers the keys come from c.env.

// The ready route, for the page's script. Whom to verify comes from the login and from nowhere else.
app.post(
  '/face-verify/session',
  sessionHandler<AppEnv>({ identify: (c) => c.var.user && { uniqueIdentifier: c.var.user.id } }),
);

// A route of your own, for the page's form.
app.post('/kyc', async (c) => {
  if (c.var.user === undefined) return c.redirect('/', 303);
  const { id, country } = c.var.user;
  const session = await c.var.faceVerify.createSession({ uniqueIdentifier: id, country });
  return c.redirect(session.url, 303);
});

app.notFound(page);
app.onError(failure);

// oxlint-disable-next-line import/no-default-export -- As Workers want it.
export default app;
