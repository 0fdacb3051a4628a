import type { Hono } from 'hono';
import { html } from 'hono/html';
import { SESSION_PATH } from './checks.ts';
import { type Connection, readBody } from './connection.ts';
import { FOREIGN_HOST } from './host-check.ts';
import { hostedPage, readOutcome } from './hosted-page.ts';
import { FACE_ICON } from './icons.ts';
import { renderPage, type Page } from './page.ts';
import type { SessionStore } from './sessions.ts';

/** Adds the pages for people: the start page, and the hosted page of each session. */
export function addPages(app: Hono<{ Bindings: Connection }>, sessions: SessionStore): void {
  app.use(async (c, next) => {
    if (c.env.foreignHost) return renderPage(c, FOREIGN_HOST_PAGE, 403);
    await next();
    return undefined;
  });

  app.get('/', (c) => {
    c.header('vary', 'accept');
    return c.req.header('accept')?.includes('text/html') === true ? renderPage(c, ABOUT) : c.json(ABOUT_JSON);
  });

  app.get('/new/:token', (c) => {
    const session = sessions.find(c.req.param('token'));
    return session === undefined ? renderPage(c, UNKNOWN_LINK, 404) : renderPage(c, hostedPage(session));
  });

  app.post('/new/:token', async (c) => {
    const token = c.req.param('token');
    if (sessions.find(token) === undefined) return renderPage(c, UNKNOWN_LINK, 404);
    const chosen = readOutcome(new URLSearchParams(new TextDecoder().decode(await readBody(c.req.raw))));
    if (chosen === undefined) return renderPage(c, UNKNOWN_OUTCOME, 400);
    sessions.setOutcome(token, chosen.outcome);
    return c.redirect(new URL(c.req.url).pathname, 303); // So that reloading the result does not post the form again.
  });

  app.notFound((c) => renderPage(c, NOT_FOUND_PAGE, 404));
}

const ABOUT_JSON = {
  name: '@faceverify/emulator',
  about: 'An emulator of the FaceVerify API for development and tests: a model of the vendor, not the vendor.',
  api: `POST ${SESSION_PATH}`,
  page: 'GET /new/:token',
};

const ABOUT: Page = {
  title: 'Ready',
  content: html`${FACE_ICON}
    <h1>The emulator is ready</h1>
    <p>
      Set your app’s <code>FACEVERIFY_BASE_URL</code> to this address. The emulator answers
      <code>POST ${SESSION_PATH}</code> and checks every signature. The link in each answer opens a page where you
      choose the outcome of the verification.
    </p>`,
};

const UNKNOWN_LINK: Page = {
  title: 'Unknown link',
  content: html`<h1>Unknown link</h1>
    <p>A restart or a reset of the emulator deletes its sessions. Create a new session in your app.</p>`,
};

const UNKNOWN_OUTCOME: Page = {
  title: 'Unknown outcome',
  content: html`<h1>Unknown outcome</h1>
    <p>
      Post <code>outcome</code> as <code>passed</code>, <code>failed</code> or <code>cancelled</code>, or as
      <code>again</code> to choose again.
    </p>`,
};

const FOREIGN_HOST_PAGE: Page = {
  title: 'Host not allowed',
  content: html`<h1>This host name is not allowed</h1>
    <p>${FOREIGN_HOST.message}</p>`,
};

const NOT_FOUND_PAGE: Page = {
  title: 'Page not found',
  content: html`<h1>Page not found</h1>
    <p>
      The API is at <code>POST ${SESSION_PATH}</code>, with the headers <code>x-auth-client</code> and
      <code>x-hmac-signature</code>.
    </p>`,
};
