import { createEmulator, type Emulator } from '@faceverify/emulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { EXAMPLES, type Example, startExample, variablesFor } from './example.ts';
import { DESKTOP, type Visitor, visit } from './visitor.ts';

const PEOPLE = [
  ['Ada Moreno', { uniqueIdentifier: 'ada', country: 'US' }],
  ['Ben Okafor', { uniqueIdentifier: 'ben', country: 'GB' }],
] as const;

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

describe.each(EXAMPLES)('the two buttons: $framework', ({ name }) => {
  let example: Example;

  beforeAll(async () => {
    example = await startExample(name, variablesFor(emulator, vendorUrl));
  });

  afterAll(async () => {
    await example.stop();
  });

  async function signIn(person: string, options = DESKTOP): Promise<Page> {
    visitor = await visit(browser, example.url, options);
    await visitor.page.getByRole('button', { name: person }).click();
    return visitor.page;
  }

  it.each(PEOPLE)('tell FaceVerify the same of %s, and lead to one session', async (person, identity) => {
    const page = await signIn(person);
    await page.getByRole('button', { name: 'Verify on this page' }).click();
    const frame = page.locator('iframe');
    await frame.contentFrame().getByRole('button', { name: 'Pass' }).waitFor();
    const inFrame = await frame.getAttribute('src');
    await page.getByRole('button', { name: 'Close the verification' }).click();
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(`${vendorUrl}/new/*`);
    expect(page.url()).toBe(inFrame);
    expect(emulator.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([identity, identity]);
    expect(emulator.received.map(({ refusal }) => refusal)).toEqual([undefined, undefined]);
    expect(new Set(emulator.received.map(({ body }) => body)).size, 'one body, byte by byte').toBe(1);
  });

  it('both work on the page to which the Back button of the browser leads', async () => {
    const page = await signIn('Ada Moreno');
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(`${vendorUrl}/new/*`);
    await page.goBack();
    expect(page.url()).toBe(`${example.url}/`);
    await expectSignedIn(page);

    await page.getByRole('button', { name: 'Verify on this page' }).click();
    await page.locator('iframe').contentFrame().getByRole('button', { name: 'Pass' }).waitFor();
    await page.getByRole('button', { name: 'Close the verification' }).click();
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(`${vendorUrl}/new/*`);
    expect(visitor.complaints).toEqual([]);
  });

  it('answers libraries that send forms with fetch so that they need not follow a redirect', async () => {
    const page = await signIn('Ada Moreno');
    const sendAs = (headers: Readonly<Record<string, string>>): Promise<(string | number | null)[]> =>
      page.evaluate(async (given) => {
        const response = await fetch('/face-verify/session', { method: 'POST', headers: given });
        return [response.status, await response.text(), response.headers.get('hx-redirect')];
      }, headers);
    const turbo = { accept: 'text/vnd.turbo-stream.html, text/html, application/xhtml+xml' };
    expect(await sendAs(turbo)).toEqual([200, expect.stringMatching(/^{"sessionId":.*"url":/), null]);
    const link = expect.stringContaining(`${vendorUrl}/new/`);
    expect(await sendAs({ 'hx-request': 'true', accept: '*/*' })).toEqual([200, '', link]);
    expect(visitor.complaints).toEqual([]);
  });

  it('lets the visitor go back when the verification is over, step by step', async () => {
    const page = await signIn('Ada Moreno', { ...DESKTOP, javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.getByRole('button', { name: 'Pass' }).click();
    await page.getByRole('heading', { name: 'Verification passed' }).waitFor();
    const steps = await goBackTo(page, `${example.url}/`);
    expect(steps, 'the hosted page alone may lie in between').toBeLessThanOrEqual(2);
    await expectSignedIn(page);
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.getByRole('heading', { name: 'Verification passed' }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});

async function expectSignedIn(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Verify your identity' }).waitFor();
  expect(await page.locator('.who').innerText()).toContain('Ada Moreno');
  expect(await page.getByRole('alert').isVisible()).toBe(false);
}

/** Presses Back until the browser shows `url`, and gives how often. */
async function goBackTo(page: Page, url: string): Promise<number> {
  for (let steps = 1; steps <= 5; steps++) {
    await page.goBack();
    if (page.url() === url) return steps;
  }
  throw new Error(`Back does not lead to ${url}: this is ${page.url()}.`);
}
