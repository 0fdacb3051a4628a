import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { serve } from '../support/serve.ts';
import { recipesOf, shownAfter, snippetNamed } from './documents.ts';
import { requestTo } from './request.ts';
import { run, type SnippetResult } from './run.ts';
import { startTestContext, type TestContext } from './test-context.ts';
import { variantsOf } from './variants.ts';

/* What the recipes promise, beyond running: each is run on every major version that it is for. */

const ROUTE = '/face-verify/session';

let context: TestContext;
beforeAll(async () => {
  context = await startTestContext();
});
afterAll(() => context.close());
beforeEach(() => {
  context.emulator.reset();
  vi.spyOn(console, 'error').mockReturnValue(); // What the route logs by itself.
});

/** Runs a named snippet on each version, and hands over what came of it. */
async function onEachVersion(
  file: string,
  name: string,
  check: (result: SnippetResult) => Promise<void>,
): Promise<void> {
  const snippet = snippetNamed(file, name);
  for (const { replacements } of variantsOf(snippet)) {
    // One after the other: they share the emulator.
    await check(await run(snippet, { ...context.runContext, replacements }));
  }
}

function post(
  result: SnippetResult,
  user: string | undefined,
  headers: Record<string, string> = {},
): Promise<Response> {
  return result.request(ROUTE, {
    method: 'POST',
    headers: user === undefined ? headers : { 'x-user': user, ...headers },
  });
}

describe('the first snippet of the README', () => {
  test('gives a script the link, and takes a form there', () =>
    onEachVersion('README.md', 'first', async (result) => {
      const session = await (await post(result, 'alice')).json();
      expect(session).toEqual({ sessionId: expect.any(String), url: expect.stringContaining('/new/') });
      const redirect = await post(result, 'alice', { accept: 'text/html,*/*;q=0.8' });
      expect(redirect.status).toBe(303);
      expect(redirect.headers.get('location')).toBe(session.url);
    }));

  test('asks nobody but the login who it is', () =>
    onEachVersion('README.md', 'first', async (result) => {
      expect((await post(result, undefined)).status).toBe(401);
      const body = JSON.stringify({ uniqueIdentifier: 'bob' });
      await result.request(`${ROUTE}?uniqueIdentifier=bob`, { method: 'POST', headers: { 'x-user': 'alice' }, body });
      expect(context.emulator.received.at(-1)?.uniqueIdentifier).toBe('alice');
    }));

  test('refuses other methods and other sites', () =>
    onEachVersion('README.md', 'first', async (result) => {
      expect((await post(result, 'alice', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await post(result, 'alice', { origin: 'https://elsewhere.example' })).status).toBe(403);
    }));
});

describe('several tenants', () => {
  test('are told apart by their keys', () =>
    onEachVersion('docs/operations.md', 'tenants', async ({ request }) => {
      for (const tenant of ['first', 'second']) {
        await request('/kyc', { method: 'POST', headers: { 'x-user': 'alice', 'x-tenant': tenant } });
        expect(context.emulator.received.at(-1)).toMatchObject({ accepted: true, apiKey: `${tenant}-api-key` });
      }
    }));
});

describe('a rate limiter', () => {
  test.for(recipesOf('limit'))('$file $name lets a user ask five times, and others still', ({ file, name }) =>
    onEachVersion(file, name, async (result) => {
      const statuses: number[] = [];
      for (let time = 1; time <= 6; time++) {
        statuses.push((await post(result, 'alice')).status);
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      expect((await post(result, 'bob')).status).toBe(200);
    }),
  );
});

/** Where there is none, Express answers with a policy of its own. */
function addPage(app: Express): void {
  app.get('/', (_req, res) => {
    res.send('A page');
  });
}

describe('page headers', () => {
  const recipes = recipesOf('page').flatMap((recipe) => [
    { ...recipe, baseUrl: '', origin: 'https://start.faceverify.ai' },
    { ...recipe, baseUrl: 'http://127.0.0.1:4400', origin: 'http://127.0.0.1:4400' }, // The emulator.
  ]);
  test.for(recipes)(
    '$file $name allow the redirect to $origin, the iframe and its camera',
    async ({ file, name, folder, baseUrl, origin }) => {
      const { FACEVERIFY_BASE_URL } = process.env;
      vi.stubEnv('FACEVERIFY_BASE_URL', baseUrl);
      await onEachVersion(file, name, async ({ request, scope }) => {
        if (folder === 'express') addPage(scope['app'] as Express); // Safe: an app of Express.
        const { headers } = await request('/');
        const policy = (headers.get('content-security-policy') ?? '').split(/; ?/);
        expect(policy).toContain(`form-action 'self' ${origin}`);
        expect(policy).toContain(`frame-src 'self' ${origin}`);
        expect(headers.get('permissions-policy')).toBe(`camera=(self "${origin}")`);
        // With no-referrer, a form on plain http sends `Origin: null`.
        expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
        expect(headers.has('cross-origin-embedder-policy')).toBe(false);
      });
      vi.stubEnv('FACEVERIFY_BASE_URL', FACEVERIFY_BASE_URL);
    },
  );

  test('helmet by itself would not', async () => {
    const app = express().use(helmet());
    addPage(app);
    const { headers } = await requestTo(app, {})('/');
    expect(headers.get('content-security-policy')).toMatch(/form-action 'self'(;|$)/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

test('the script of the iframe puts the link into it', () =>
  onEachVersion('docs/page-headers.md', 'iframe', async ({ scope }) => {
    // Safe: the fixture of that snippet makes these.
    const { button, frame } = scope as unknown as { button: EventTarget; frame: { src: string } };
    button.dispatchEvent(new Event('click'));
    await expect.poll(() => frame.src, { timeout: 10_000 }).toContain('/new/');
  }));

describe('explainSignature', () => {
  test('prints what docs/signing.md shows', () =>
    onEachVersion('docs/signing.md', 'explain', async (result) => {
      expect(result.printed.join('\n')).toBe(shownAfter(snippetNamed('docs/signing.md', 'explain')));
    }));
});

describe('signing', () => {
  test('a request of one’s own is accepted', () =>
    onEachVersion('docs/signing.md', 'sign', async ({ printed }) => {
      expect(printed).toEqual(['200']);
      expect(context.emulator.received).toMatchObject([{ accepted: true, uniqueIdentifier: 'user123' }]);
    }));

  test('a signature is right for one body only', () =>
    onEachVersion('docs/signing.md', 'verify', async ({ printed }) => {
      expect(printed).toEqual(['true', 'false']);
    }));
});

describe('hooks', () => {
  test('tell of an attempt and of a failure, and of nothing secret', () =>
    onEachVersion('docs/operations.md', 'hooks', async (result) => {
      context.emulator.failNext({ status: 400 });
      const { requestId } = await (await post(result, 'alice-in-secret')).json();
      const printed = result.printed.join('\n');
      expect(result.printed).toHaveLength(2);
      expect(printed).toContain(`"requestId":"${requestId}"`);
      expect(printed).toContain('"code":"rejected"');
      expect(printed).not.toMatch(/alice-in-secret|first-secret-key/);
    }));

  test.for(['docs/route.md', 'docs/frameworks/fastify.md'])('passErrors of %s shows the code, and no more', (file) =>
    onEachVersion(file, 'pass-errors', async (result) => {
      context.emulator.failNext({ status: 400 });
      const response = await post(result, 'alice');
      expect(response.status).toBe(502);
      expect(await response.text()).toBe('Verification is not available at the moment (rejected).');
    }),
  );

  test('further origins may call the route', () =>
    onEachVersion('docs/route.md', 'origins', async (result) => {
      const from = (origin: string): Promise<Response> =>
        post(result, 'alice', { origin, 'sec-fetch-site': 'same-site' });
      expect((await from('https://app.example.com')).status).toBe(200);
      expect((await from('https://other.example.com')).status).toBe(403);
    }));

  test('app shells may call the route', () =>
    onEachVersion('docs/route.md', 'app-origins', async (result) => {
      const from = (origin: string): Promise<Response> =>
        post(result, 'alice', { origin, 'sec-fetch-site': 'cross-site' });
      for (const origin of ['capacitor://localhost', 'ionic://localhost', 'tauri://localhost', 'app://my-app']) {
        expect([origin, (await from(origin)).status]).toEqual([origin, 200]);
      }
      expect((await from('app://other')).status).toBe(403);
    }));

  test('failureUrl gets the code and the request id, but not from a script', () =>
    onEachVersion('docs/route.md', 'failure-url', async (result) => {
      context.emulator.failNext({ status: 400 }, 2);
      const page = await post(result, 'alice', { accept: 'text/html' });
      expect(page.status).toBe(303);
      expect(page.headers.get('location')).toMatch(/^\/kyc-failed\?code=rejected&requestId=[0-9a-f-]{36}$/);
      expect((await post(result, 'alice')).status).toBe(502);
    }));
});

describe('a route of one’s own', () => {
  const recipes = [{ file: 'README.md', name: 'express' }, ...recipesOf('own')];
  test.for(recipes)('$file $name refuses other sites, and keeps its answer private', ({ file, name }) =>
    onEachVersion(file, name, async ({ request }) => {
      const from = (headers: Record<string, string>): Promise<Response> =>
        request('/kyc', { method: 'POST', headers: { 'x-user': 'alice', ...headers } });
      const refused = await from({ origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' });
      expect([refused.status, (await refused.json()).code]).toEqual([403, 'cross_site']);
      expect(context.emulator.received).toEqual([]);

      const { status, headers } = await from({ 'sec-fetch-site': 'same-origin' });
      expect(status).toBe(303);
      expect(headers.get('location')).toContain('/new/');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      context.emulator.reset();
    }),
  );
});

describe('shutting down', () => {
  test.for([{ file: 'docs/operations.md', name: 'operations' }, ...recipesOf('drain')])(
    '$file $name closes the server and the client',
    ({ file, name }) =>
      onEachVersion(file, name, async ({ scope, raise }) => {
        // Safe: these snippets declare a client, and a server of node:http or an app that has one.
        const { app, client, ...declared } = scope as unknown as {
          app: { server: Server };
          server?: Server;
          client: { createSession(): Promise<unknown> };
        };
        const server = declared.server ?? app.server;
        if (!server.listening) await once(server, 'listening');
        await Promise.all([once(server, 'close'), raise('SIGTERM')]);
        await expect(client.createSession()).rejects.toMatchObject({ code: 'closed' });
      }),
  );
});

describe('what docs/reliability.md says of the documented snippet', () => {
  /** The snippet's own call, to a server that answers as `answer` does. */
  async function sendTo(answer: RequestListener, check: (url: string) => Promise<void>): Promise<void> {
    const { url, close } = await serve(answer);
    await check(url);
    await close();
  }
  const init = { method: 'POST', headers: { 'x-hmac-signature': 'signature' }, body: '{}' };

  test('a redirect takes the signature to another host', () =>
    sendTo(
      (req, res) => res.end(req.headers['x-hmac-signature']),
      (elsewhere) =>
        sendTo(
          (_req, res) => res.writeHead(307, { location: elsewhere }).end(),
          async (url) => {
            expect(await (await fetch(url, init)).text()).toBe('signature');
          },
        ),
    ));

  test('an answer of any size is read', () =>
    sendTo(
      (_req, res) => res.end(JSON.stringify('x'.repeat(1024 * 1024))),
      async (url) => {
        expect(await (await fetch(url, init)).json()).toHaveLength(1024 * 1024);
      },
    ));
});
