import { createEmulator, type Emulator, type Fault } from '@faceverify/emulator';
import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { EXAMPLES, type Example, startExample, variablesFor } from './example.ts';
import { lowestContrast, pixelsToScrollSideways } from './looks.ts';
import { DESKTOP, keepPicture, PHONE, type Visitor, visit } from './visitor.ts';

const ROUTE = '/face-verify/session';
const OUTAGE: Fault = { status: 503, headers: { 'retry-after': '30' } };

let browser: Browser;
let emulator: Emulator;
let closeEmulator: () => Promise<void>;
let vendorUrl: string;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  emulator = createEmulator();
  ({ url: vendorUrl, close: closeEmulator } = await emulator.listen());
});

beforeEach(() => emulator.reset());

afterEach(async () => {
  await visitor.leave();
});

afterAll(async () => {
  await browser.close();
  await closeEmulator();
});

/** Opens the example signed in, with the form at the ready route and not at the example's own. */
async function openForm({ url }: Example, options: BrowserContextOptions): Promise<Page> {
  visitor = await visit(browser, url, options);
  const { page } = visitor;
  await page.route(`${url}/`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('action="/kyc"', `action="${ROUTE}"`);
    await route.fulfill({ response, body });
  });
  await page.context().addCookies([{ name: 'demo_person', value: 'ada', url }]);
  await page.goto(url);
  return page;
}

/** Presses the button of the form, and gives the answer to it. */
async function press(page: Page): Promise<Response> {
  const answered = page.waitForResponse((response) => response.url().endsWith(ROUTE));
  await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
  const response = await answered;
  await page.waitForLoadState();
  return response;
}

/** The page of the route itself, which says what a problem with this title would, for people. */
async function expectFailurePage(page: Page, response: Response, title: string): Promise<void> {
  const { 'content-type': type, 'cache-control': cache, vary } = response.headers();
  expect([type, cache]).toEqual(['text/html; charset=utf-8', 'no-store']);
  expect(vary).toContain('Sec-Fetch-Mode');
  await expect(page.title()).resolves.toBe(title);
  await expect(page.getByRole('heading', { level: 1 }).innerText()).resolves.toBe(title);
  await expect(page.getByRole('heading').count()).resolves.toBe(1);
  await expect(page.locator('html').getAttribute('lang')).resolves.toBe('en');
  await expect(page.getByRole('main').locator('code').innerText()).resolves.toMatch(/^[\da-f-]{36}$/);
  expect(await page.locator('body').innerText(), 'a problem as scripts get it').not.toContain('{');
}

describe.each(EXAMPLES)('a person whose form fails at the ready route: $framework', ({ name }) => {
  let example: Example;

  beforeAll(async () => {
    example = await startExample(name, variablesFor(emulator, vendorUrl));
  });

  afterAll(async () => {
    await example.stop();
  });

  describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
    const options = { ...DESKTOP, javaScriptEnabled };

    it('sees why during an outage, goes back, and tries again', async () => {
      const page = await openForm(example, options);
      emulator.failFor('ada', OUTAGE);
      const response = await press(page);
      expect([response.status(), response.headers()['retry-after']]).toEqual([503, '30']);
      await expectFailurePage(page, response, 'The verification service is unavailable');

      await page.getByRole('link', { name: 'Go back' }).click();
      await page.getByRole('heading', { name: 'Verify your identity' }).waitFor();
      expect(page.url()).toBe(`${example.url}/`);
      emulator.reset();
      await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
      await page.waitForURL(`${vendorUrl}/new/*`);
      expect(visitor.complaints).toEqual([expect.stringContaining('503 (Service Unavailable)')]);
    });

    it('sees why when signed out, and gets to the login', async () => {
      const page = await openForm(example, options);
      await page.context().clearCookies(); // Signed out in another tab.
      const response = await press(page);
      expect(response.status()).toBe(401);
      await expectFailurePage(page, response, 'Nobody is signed in');
      await page.getByRole('link', { name: 'Go back' }).click();
      await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
      expect(emulator.received).toEqual([]);
      expect(visitor.complaints).toEqual([expect.stringContaining('401 (Unauthorized)')]);
    });
  });
});

describe('the page of a failure', () => {
  let example: Example;

  beforeAll(async () => {
    example = await startExample('express-app', variablesFor(emulator, vendorUrl));
  });

  afterAll(async () => {
    await example.stop();
  });

  it.each([
    ['light', { ...DESKTOP, colorScheme: 'light' as const }],
    ['dark', { ...DESKTOP, colorScheme: 'dark' as const }],
    ['phone', PHONE],
    ['phone-dark', { ...PHONE, colorScheme: 'dark' as const }],
    ['phone-small', { ...PHONE, viewport: { width: 320, height: 568 } }],
  ])('fits and is legible: %s', async (screen, options) => {
    const page = await openForm(example, options);
    emulator.failFor('ada', OUTAGE);
    await press(page);
    await keepPicture(page, `failure-outage-${screen}`);
    expect(await pixelsToScrollSideways(page)).toBe(0);
    const { contrast, background } = await lowestContrast(page);
    expect(contrast).toBeGreaterThanOrEqual(4.5);
    expect(background, 'dark for those who want it, else light').toBe(
      options.colorScheme === 'dark' ? 'dark' : 'light',
    );

    await page.keyboard.press('Tab');
    await page.locator('a:focus-visible', { hasText: 'Go back' }).waitFor();
    await keepPicture(page, `failure-outage-${screen}-focus`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Verify your identity' }).waitFor();

    await page.context().clearCookies();
    await press(page);
    await keepPicture(page, `failure-signed-out-${screen}`);
    expect(await pixelsToScrollSideways(page)).toBe(0);
  });
});
