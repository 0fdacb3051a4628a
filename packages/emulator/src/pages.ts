import type { Hono } from 'hono';
import { html } from 'hono/html';
import { SESSION_PATH } from './checks.ts';
import { type Connection, readBody } from './connection.ts';
import { FOREIGN_HOST } from './host-check.ts';
import { hostedPage, readOutcome } from './hosted-page.ts';
import { VIEWFINDER } from './illustrations.ts';
import { answerPage, type Page } from './page.ts';
import type { SessionStore } from './sessions.ts';

/** The pages for people: what the emulator is, and the hosted page of each session. */
export function addPages(app: Hono<{ Bindings: Connection }>, sessions: SessionStore): void {
  app.use(async (c, next) => {
    if (c.env.foreignHost) return answerPage(c, FOREIGN_HOST_PAGE, 403);
    await next();
    return undefined;
  });

  app.get('/', (c) => {
    c.header('vary', 'accept');
    return c.req.header('accept')?.includes('text/html') === true ? answerPage(c, ABOUT) : c.json(ABOUT_JSON);
  });

  app.get('/new/:token', (c) => {
    const session = sessions.find(c.req.param('token'));
    return session === undefined ? answerPage(c, UNKNOWN_LINK, 404) : answerPage(c, hostedPage(session));
  });

  app.post('/new/:token', async (c) => {
    const token = c.req.param('token');
    if (sessions.find(token) === undefined) return answerPage(c, UNKNOWN_LINK, 404);
    const chosen = readOutcome(new URLSearchParams(new TextDecoder().decode(await readBody(c.req.raw))));
    if (chosen === undefined) return answerPage(c, UNKNOWN_OUTCOME, 400);
    sessions.play(token, chosen.outcome);
    return c.redirect(new URL(c.req.url).pathname, 303); // Reloading the result posts nothing again.
  });

  app.notFound((c) => answerPage(c, NO_PAGE, 404));
}

const ABOUT_JSON = {
  name: '@faceverify/emulator',
  about: 'A stand-in for the FaceVerify API, for development and tests: a model of the vendor, not the vendor.',
  api: `POST ${SESSION_PATH}`,
  page: 'GET /new/:token',
};

const ABOUT: Page = {
  title: 'Ready',
  content: html`${VIEWFINDER}
    <h1>The emulator is ready</h1>
    <p>
      Point your app’s <code>FACEVERIFY_BASE_URL</code> at this address. It answers
      <code>POST ${SESSION_PATH}</code> and checks every signature. The link in each answer leads to a page where you
      play the verification.
    </p>`,
};

const UNKNOWN_LINK: Page = {
  title: 'Unknown link',
  content: html`<h1>This link is not known</h1>
    <p>The emulator forgets its sessions when it is restarted or reset. Create a new session in your app.</p>`,
};

const UNKNOWN_OUTCOME: Page = {
  title: 'Unknown outcome',
  content: html`<h1>This outcome is not known</h1>
    <p>
      Post <code>outcome</code> with <code>passed</code>, <code>failed</code> or <code>cancelled</code>;
      <code>again</code> takes it back.
    </p>`,
};

const FOREIGN_HOST_PAGE: Page = {
  title: 'Host not allowed',
  content: html`<h1>This host name is not allowed</h1>
    <p>${FOREIGN_HOST.message}</p>`,
};

const NO_PAGE: Page = {
  title: 'No such page',
  content: html`<h1>There is no such page</h1>
    <p>
      The API is at <code>POST ${SESSION_PATH}</code>, with the headers <code>x-auth-client</code> and
      <code>x-hmac-signature</code>.
    </p>`,
};
