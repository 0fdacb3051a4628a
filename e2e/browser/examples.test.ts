import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { EXAMPLES, type Example, startExample } from './example.ts';
import { pixelsToScrollSideways } from './looks.ts';
import { DESKTOP, keepPicture, PHONE, type Visitor, visit } from './visitor.ts';

/** The buttons of the emulator's hosted page, and what it says then. */
const OUTCOMES = [
  ['Pass', 'Verification passed'],
  ['Fail', 'Verification failed'],
  ['Cancel', 'Verification cancelled'],
] as const;

/** Keys that nobody knows, at a port where nobody listens: the discard port. */
const VENDOR_DOWN = {
  FACEVERIFY_API_KEY: 'key',
  FACEVERIFY_SECRET_KEY: 'secret',
  FACEVERIFY_BASE_URL: 'http://127.0.0.1:9',
};

let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

describe.each(EXAMPLES)('$framework', ({ name, framework }) => {
  let example: Example;
  let down: Example;

  beforeAll(async () => {
    [example, down] = await Promise.all([startExample(name), startExample(name, VENDOR_DOWN)]);
  });

  afterAll(async () => {
    await Promise.all([example.stop(), down.stop()]);
  });

  afterEach(async () => {
    await visitor.leave();
  });

  async function open(options = DESKTOP, url = example.url): Promise<Page> {
    visitor = await visit(browser, url, options);
    return visitor.page;
  }

  const picture = (page: Page, state: string): Promise<void> => keepPicture(page, `${name}-${state}`);

  it('goes to FaceVerify by redirect, where each outcome can be played', async () => {
    const page = await open();
    await expect(page.getByRole('heading').textContent()).resolves.toBe('Who are you?');
    await expect(page.locator('.tag').textContent()).resolves.toBe(framework);
    await picture(page, 'signed-out');

    await signIn(page, 'Ada Moreno');
    await picture(page, 'signed-in');
    await page.getByText('What the buttons do').click();
    await picture(page, 'explained');

    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/new\//);
    await picture(page, 'hosted');
    await playAll(page, (outcome) => picture(page, `hosted-${outcome}`));

    await page.goto(example.url);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it('verifies in an iframe that may use the camera, where each outcome can be played', async () => {
    const page = await open();
    await signIn(page, 'Ben Okafor');
    await page.getByRole('button', { name: 'Verify on this page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Identity verification' });
    const hosted = dialog.locator('iframe').contentFrame();
    await hosted.getByRole('button', { name: 'Pass' }).waitFor();
    await picture(page, 'dialog');
    expect(await mayUseCamera(hosted)).toBe(true);
    expect(page.url()).toBe(`${example.url}/`);

    await playAll(hosted, (outcome) => picture(page, `dialog-${outcome}`));
    await dialog.getByRole('button', { name: 'Close the verification' }).click();
    await dialog.waitFor({ state: 'hidden' });
    // An iframe that is left would keep the camera on.
    await expect.poll(() => page.locator('iframe').count()).toBe(0);
    await expect(page.getByRole('status').textContent()).resolves.toMatch(/^Verification closed/);
    await picture(page, 'closed');
    expect(visitor.complaints).toEqual([]);
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open();
    await press(page, 'Tab', 'FaceVerify example');
    await press(page, 'Tab', 'Ada Moreno');
    await press(page, 'Tab', 'Ben Okafor');
    await picture(page, 'focus');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Verify your identity' }).waitFor();

    await press(page, 'Tab', 'FaceVerify example');
    await press(page, 'Tab', 'Sign out');
    await press(page, 'Tab', 'Continue to FaceVerify');
    await press(page, 'Tab', 'Verify on this page');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => focused(page)).toBe('Close the verification');
    await picture(page, 'dialog-focus');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page), 'the focus is back where it was').toBe('Verify on this page');

    await page.keyboard.press('Space');
    const hosted = page.locator('iframe').contentFrame();
    await hosted.getByRole('button', { name: 'Pass' }).waitFor();
    await page.keyboard.press('Tab'); // Into the iframe, to its first button.
    await hosted.locator('button:focus', { hasText: 'Pass' }).waitFor();
    await page.keyboard.press('Enter');
    await hosted.getByRole('heading', { name: 'Verification passed' }).waitFor();

    await page.goto(example.url);
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).press('Enter');
    await page.getByRole('heading', { name: 'Verification passed' }).waitFor(); // The same person has the same link.
    expect(visitor.complaints).toEqual([]);
  });

  it('works without JavaScript', async () => {
    const page = await open({ ...DESKTOP, javaScriptEnabled: false });
    await signIn(page, 'Ada Moreno');
    expect(await page.getByRole('button', { name: 'Verify on this page' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(/\/new\//);
    expect(visitor.complaints).toEqual([]);
  });

  it('takes a plain form at the ready route too', async () => {
    const page = await open();
    await signIn(page, 'Ada Moreno');
    await page.locator('form[action="/kyc"]').evaluate((form) => form.setAttribute('action', '/face-verify/session'));
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/new\//);
    expect(visitor.complaints).toEqual([]);
  });

  it('needs FaceVerify in form-action: without it the redirect is dropped', async () => {
    const page = await open();
    await page.route(`${example.url}/`, async (route) => {
      const response = await route.fetch();
      const policy = response.headers()['content-security-policy'] ?? '';
      const strict = policy.replace(/form-action [^;]*/, "form-action 'self'");
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': strict } });
    });
    await signIn(page, 'Ada Moreno');
    await page.reload(); // What a redirect leads to is not routed.
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await expect.poll(() => visitor.complaints.join()).toContain('form-action');
    expect(page.url()).toBe(`${example.url}/`);
  });

  it('says so when FaceVerify cannot be reached, and lets the visitor try again', async () => {
    const page = await open(DESKTOP, down.url);
    await signIn(page, 'Ada Moreno');
    const inPage = page.getByRole('button', { name: 'Verify on this page' });
    const answered = page.waitForResponse(`${down.url}/face-verify/session`);
    await inPage.click();
    await expect(inPage.getAttribute('aria-busy')).resolves.toBe('true');
    await picture(page, 'loading');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    await picture(page, 'error');
    // Safe: a problem as RFC 9457 has it, with an id of ours.
    const { title, requestId } = (await (await answered).json()) as { title: string; requestId: string };
    expect(lines(await alert.innerText())).toEqual([
      `${title}. Please try again in a moment.`,
      `Reference ${requestId}`,
    ]);
    expect(await inPage.getAttribute('aria-busy')).toBe(null);
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(`${down.url}/kyc`);
    expect(lines(await alert.innerText())).toEqual([
      'Verification could not be started. Please try again in a moment.',
      expect.stringMatching(/^Reference [\da-f-]{36}$/),
    ]);
    await picture(page, 'error-page');
    expect(visitor.complaints.filter((complaint) => !complaint.includes('502 (Bad Gateway)'))).toEqual([]);
  });

  it('shows the login where the visitor has signed out in another tab', async () => {
    const page = await open();
    await signIn(page, 'Ada Moreno');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Verify on this page' }).click();
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
    expect(await page.getByRole('alert').isVisible()).toBe(false);
  });

  it('ends cleanly at Ctrl-C, with a page open', async () => {
    await open();
    expect(await example.stop()).toBe(0);
  });
});

describe('the page, which is the same in all examples', () => {
  let example: Example;

  beforeAll(async () => {
    example = await startExample('express-app');
  });

  afterAll(async () => {
    await example.stop();
  });

  afterEach(async () => {
    await visitor.leave();
  });

  it.each([
    ['phone', PHONE],
    ['phone-dark', { ...PHONE, colorScheme: 'dark' as const }],
    ['phone-small', { ...PHONE, viewport: { width: 320, height: 568 } }],
    ['dark', { ...DESKTOP, colorScheme: 'dark' as const }],
  ])('fits and is legible: %s', async (screen, options) => {
    visitor = await visit(browser, example.url, options);
    const { page } = visitor;
    await keepPicture(page, `screen-${screen}-signed-out`);
    await expectToFit(page);
    await signIn(page, 'Ada Moreno');
    await keepPicture(page, `screen-${screen}-signed-in`);
    await expectToFit(page);

    await page.getByRole('button', { name: 'Verify on this page' }).click();
    const hosted = page.locator('iframe').contentFrame();
    await hosted.getByRole('heading').waitFor();
    await keepPicture(page, `screen-${screen}-dialog`);
    await page.getByRole('button', { name: 'Close the verification' }).click();
    await page.getByRole('button', { name: 'Continue to FaceVerify' }).click();
    await page.waitForURL(/\/new\//);
    await keepPicture(page, `screen-${screen}-hosted`);
    await expectToFit(page);
    expect(visitor.complaints).toEqual([]);
  });
});

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

async function signIn(page: Page, person: string): Promise<void> {
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('heading', { name: 'Verify your identity' }).waitFor();
  expect(await page.locator('.who').innerText()).toContain(person);
}

/** Plays all outcomes, one after the other. */
async function playAll(hosted: Page | FrameLocator, keep: (outcome: string) => Promise<void>): Promise<void> {
  for (const [button, result] of OUTCOMES) {
    await hosted.getByRole('button', { name: button }).click();
    await hosted.getByRole('heading', { name: result }).waitFor();
    await keep(button.toLowerCase());
    await hosted.getByRole('button', { name: 'Choose again' }).click();
  }
}

/** What the browser itself says of the iframe's permission: headers and `allow` together. */
function mayUseCamera(hosted: FrameLocator): Promise<boolean> {
  return hosted.locator('body').evaluate((body) => {
    const { featurePolicy } = body.ownerDocument as Document & {
      featurePolicy: { allowsFeature(name: string): boolean };
    };
    return featurePolicy.allowsFeature('camera');
  });
}

async function press(page: Page, key: string, expected: string): Promise<void> {
  await page.keyboard.press(key);
  expect(await focused(page)).toContain(expected);
}

/** The name of the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent.trim() ?? '';
  });
}

/** Nothing is cut off, and a finger hits every button. */
async function expectToFit(page: Page): Promise<void> {
  const low = await page.evaluate(() =>
    [...document.querySelectorAll('button')]
      .filter((button) => button.offsetParent !== null && button.getBoundingClientRect().height < 36)
      .map((button) => button.textContent),
  );
  expect(await pixelsToScrollSideways(page), 'pixels to scroll sideways').toBe(0);
  expect(low, 'buttons that are too low').toEqual([]);
}
