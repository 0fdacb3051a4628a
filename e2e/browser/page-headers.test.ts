import { faceVerify, sessionHandler } from '@faceverify/express';
import { createEmulator, type Emulator } from '@faceverify/emulator';
import { faceVerify as honoFaceVerify, sessionHandler as honoSessionHandler } from '@faceverify/hono';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { RequestListener } from 'node:http';
import type { Browser, Page, Request, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningApp, serve } from '../../test/support/serve.ts';
import { launchChromium } from './chromium.ts';
import { DESKTOP, type Visitor, visit } from './visitor.ts';

// What docs/page-headers.md says of a form on plain http, in a browser.

const ROUTE = '/face-verify/session';
const FORM = `<!doctype html><title>Verify</title><form method="post" action="${ROUTE}"><button>Verify</button></form>`;
const FAILURE_URL = '/kyc-failed?from=form';

/** A name that is not localhost: there browsers send no `Sec-Fetch-Site` over plain http. */
const OTHER_NAME = 'site.test';

/** How an app is to be built. */
interface Setup {
  /** `undefined`: what the middleware for headers sends by default. */
  readonly referrerPolicy?: 'strict-origin-when-cross-origin';
  readonly failureUrl?: string;
}

const RECIPE: Setup = { referrerPolicy: 'strict-origin-when-cross-origin' };

let browser: Browser;
let emulator: Emulator;
let closeEmulator: () => Promise<void>;
let vendor: string;
let app: RunningApp;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium([`--host-resolver-rules=MAP ${OTHER_NAME} 127.0.0.1`]);
  emulator = createEmulator();
  ({ url: vendor, close: closeEmulator } = await emulator.listen());
});

beforeEach(() => emulator.reset());

afterEach(async () => {
  await visitor.leave();
  await app.close();
});

afterAll(async () => {
  await browser.close();
  await closeEmulator();
});

/** An app with the recipe of docs/page-headers.md, but for the policy. */
type AppWith = (setup: Setup) => RequestListener;

const expressWithHelmet: AppWith = ({ referrerPolicy, failureUrl }) => {
  const { apiKey, secretKey } = emulator;
  const options: HelmetOptions = {
    contentSecurityPolicy: {
      directives: { formAction: ["'self'", vendor], frameSrc: ["'self'", vendor], upgradeInsecureRequests: null },
    },
    ...(referrerPolicy && { referrerPolicy: { policy: referrerPolicy } }),
  };
  const server = express()
    .use(helmet(options))
    .use(faceVerify({ apiKey, secretKey, baseUrl: vendor }));
  server.get('/', (_req, res) => void res.send(FORM));
  server.get('/kyc-failed', (req, res) => void res.type('text').send(JSON.stringify(req.query)));
  server.post(ROUTE, sessionHandler({ identify: () => ({ uniqueIdentifier: 'ada' }), failureUrl, onError() {} }));
  return server;
};

const honoWithSecureHeaders: AppWith = ({ referrerPolicy, failureUrl }) => {
  const { apiKey, secretKey } = emulator;
  const server = new Hono();
  server.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'self'"], formAction: ["'self'", vendor], frameSrc: ["'self'", vendor] },
      ...(referrerPolicy && { referrerPolicy }),
    }),
    honoFaceVerify({ apiKey, secretKey, baseUrl: vendor }),
  );
  server.get('/', (c) => c.html(FORM));
  server.get('/kyc-failed', (c) => c.text(JSON.stringify(c.req.query())));
  server.post(ROUTE, honoSessionHandler({ identify: () => ({ uniqueIdentifier: 'ada' }), failureUrl, onError() {} }));
  return getRequestListener(server.fetch);
};

async function openForm(listener: RequestListener, hostname: string, javaScriptEnabled = true): Promise<Page> {
  app = await serve(listener);
  visitor = await visit(browser, app.url.replace('127.0.0.1', hostname), { ...DESKTOP, javaScriptEnabled });
  return visitor.page;
}

/** Presses the button, and gives what the browser sent and what the route answered. */
async function press(page: Page): Promise<{ request: Request; response: Response }> {
  const answered = page.waitForResponse((response) => response.url().endsWith(ROUTE));
  await page.getByRole('button').click();
  const response = await answered;
  return { request: response.request(), response };
}

describe.each([
  ['helmet on Express', expressWithHelmet],
  ['secureHeaders on Hono', honoWithSecureHeaders],
])('%s: a form over plain http', (_name, appWith) => {
  it('under a name that is not localhost, by default: "Origin: null" and 403', async () => {
    const page = await openForm(appWith({}), OTHER_NAME);
    const { request, response } = await press(page);
    const { origin, 'sec-fetch-site': site } = await request.allHeaders();
    expect({ origin, site }).toEqual({ origin: 'null', site: undefined });
    expect(response.status()).toBe(403);
    await expect(page.getByRole('heading').innerText()).resolves.toBe('The request came from another site');
    expect(emulator.received).toEqual([]);
  });

  it('under that name, with the policy of the recipe: the origin, and the session', async () => {
    const page = await openForm(appWith(RECIPE), OTHER_NAME);
    const own = new URL(page.url()).origin;
    const { request, response } = await press(page);
    const { origin, 'sec-fetch-site': site } = await request.allHeaders();
    expect({ origin, site }).toEqual({ origin: own, site: undefined });
    expect(response.status()).toBe(303);
    await page.waitForURL(`${vendor}/new/*`);
  });

  it('on localhost, by default: "Origin: null", and yet the session, by Sec-Fetch-Site', async () => {
    const page = await openForm(appWith({}), 'localhost');
    const { request, response } = await press(page);
    const { origin, 'sec-fetch-site': site } = await request.allHeaders();
    expect({ origin, site }).toEqual({ origin: 'null', site: 'same-origin' });
    expect(response.status()).toBe(303);
    await page.waitForURL(`${vendor}/new/*`);
  });

  it.each([
    ['by default, to the start of the site', {}, '/'],
    ['with the policy of the recipe, to the page with the form', RECIPE, '/?from=mail'],
  ])('leads back from a failure: %s', async (_what, setup, back) => {
    const page = await openForm(appWith(setup), 'localhost');
    await page.goto(`${page.url()}?from=mail`);
    emulator.failFor('ada', { status: 503, headers: { 'retry-after': '30' } });
    await press(page);
    const link = page.getByRole('link', { name: 'Go back' });
    expect(new URL(back, page.url()).href).toBe(await link.evaluate((anchor: HTMLAnchorElement) => anchor.href));
    await link.click();
    await page.getByRole('button', { name: 'Verify' }).waitFor();
  });

  it.each([true, false])('goes to failureUrl after a failure; with JavaScript: %s', async (javaScriptEnabled) => {
    const setup = { ...RECIPE, failureUrl: FAILURE_URL };
    const page = await openForm(appWith(setup), OTHER_NAME, javaScriptEnabled);
    emulator.failFor('ada', { status: 503, headers: { 'retry-after': '30' } });
    const { response } = await press(page);
    expect([response.status(), response.headers()['retry-after']]).toEqual([303, '30']);
    await page.waitForURL(/\/kyc-failed\?/);
    expect(JSON.parse(await page.locator('body').innerText())).toEqual({
      from: 'form',
      code: 'unavailable',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('shows a page of 403 even if there is a failureUrl', async () => {
    const page = await openForm(appWith({ failureUrl: FAILURE_URL }), OTHER_NAME);
    const { response } = await press(page);
    expect(response.status()).toBe(403);
    await page.getByRole('link', { name: 'Go back' }).click();
    await page.getByRole('button', { name: 'Verify' }).waitFor();
  });
});
