import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../../adapters.mjs';
import { createFaceVerify } from '../src/index.ts';
import { createSessionRoute } from '../src/adapter/index.ts';
import { MISTAKES } from '../src/diagnose/mistakes.ts';
import { codeOfStatus, FAILURES, FaceVerifyError, type FailureCode } from '../src/errors.ts';
import { readOptions } from '../src/options.ts';
import { MAX_BODY_BYTES } from '../src/response.ts';
import { membersOf } from '../../../test/docs/interface.ts';
import { fencesOf, firstQuoted, quoted, type Row, tableOf } from '../../../test/docs/markdown.ts';
import { read } from '../../../test/docs/repository.ts';
import { documentedAnswer } from './raw-server.ts';

/* A table of the documents that repeats what the code says is compared with the code. */

const readme = read('README.md');

function byName(rows: readonly Row[], column: string): Record<string, Row> {
  return Object.fromEntries(rows.map((row) => [quoted(row[column] ?? '')[0] ?? '', row]));
}

describe('the options', () => {
  const rows = tableOf(readme, 'Options', 'option');
  const defaults = readOptions({ apiKey: 'key', secretKey: 'secret' }, {});

  test('are those of the code', () => {
    expect(firstQuoted(rows, 'option')).toEqual(membersOf('packages/core/src/options.ts', 'FaceVerifyOptions'));
  });

  test.for(['timeoutMs', 'attemptTimeoutMs', 'connectTimeoutMs'] as const)('%s has this default', (name) => {
    expect(byName(rows, 'option')[name]?.['default']).toBe(`\`${defaults[name].toLocaleString('en')}\``);
  });

  test('retry has this default', () => {
    const written = Object.entries(defaults.retry).map(([name, value]) => `${name}: ${value.toLocaleString('en')}`);
    expect(byName(rows, 'option')['retry']?.['default']).toBe(`\`{ ${written.join(', ')} }\``);
  });

  test('baseUrl, apiKey and secretKey come from the variables named', () => {
    const options = byName(rows, 'option');
    const variables = ['apiKey', 'secretKey', 'baseUrl'].map((name) => quoted(options[name]?.['default'] ?? '')[0]);
    const [apiKey = '', secretKey = '', baseUrl = ''] = variables;
    const environment = { [apiKey]: 'key', [secretKey]: 'secret', [baseUrl]: 'https://other.example' };
    const settings = { apiKey: 'key', secretKey: 'secret', baseUrl: 'https://other.example' };
    expect(readOptions({}, environment)).toMatchObject(settings);
    expect(quoted(options['baseUrl']?.['default'] ?? '')).toContain(defaults.baseUrl);
  });
});

describe('the client', () => {
  test('has the members and fields that its README names', () => {
    const rows = tableOf(read('packages/core/README.md'), 'The client', 'the client');
    const calls = firstQuoted(rows, 'the client');
    const named = (text: string): string[] => [...text.matchAll(/\w+(?=[?, }])/g)].map(([name]) => name);
    expect(calls.map((call) => call.split('(')[0])).toEqual(membersOf('packages/core/src/client.ts', 'FaceVerify'));
    const [params = '', options = ''] = /\((.+), (.+)\)/.exec(calls[0] ?? '')?.slice(1) ?? [];
    expect(new Set(named(params))).toEqual(new Set(membersOf('packages/core/src/session.ts', 'SessionParams')));
    expect(named(options)).toEqual(membersOf('packages/core/src/cancellation.ts', 'CallOptions'));
    const [session = ''] = quoted(rows[0]?.[''] ?? '');
    expect(named(session)).toEqual(membersOf('packages/core/src/session.ts', 'Session'));
    const [, further = ''] = /(\{.+\})\)/.exec(calls[1] ?? '') ?? [];
    expect(named(further)).toEqual([...membersOf('packages/core/src/request.ts', 'RequestOptions'), 'signal']);
  });
});

describe('the options of the route', () => {
  const names = firstQuoted(
    tableOf(read('docs/route.md'), 'What the ready route does', 'option of `sessionHandler`'),
    'option of `sessionHandler`',
  );

  test('are those of the core, which every adapter takes over', () => {
    expect(new Set(names)).toEqual(
      new Set(membersOf('packages/core/src/adapter/session-route.ts', 'SessionRouteOptions')),
    );
  });
});

describe('the errors', () => {
  const rows = tableOf(read('docs/errors.md'), 'Codes', 'code');
  const codes = Object.keys(FAILURES);
  const ofCalls = rows.filter((row) => codes.includes(quoted(row['code'] ?? '')[0] ?? ''));
  const ofRoute = rows.filter((row) => !ofCalls.includes(row));

  test('are those of the code, in its order', () => {
    expect(firstQuoted(ofCalls, 'code')).toEqual(codes);
  });

  test('are answered as the code answers them', () => {
    const written = ofCalls.map((row) => row['the route answers']);
    expect(written).toEqual(Object.values(FAILURES).map(({ status }) => String(status ?? 'nothing')));
  });

  test('stand for the statuses that the code takes them for', () => {
    const written = ofCalls.flatMap((row) =>
      (row['when']?.match(/\b[45]\d\d\b/g) ?? []).map((status) => [status, quoted(row['code'] ?? '')[0]]),
    );
    expect(written.length).toBeGreaterThan(5);
    expect(written).toEqual(written.map(([status]) => [status, codeOfStatus(Number(status))]));
  });

  test('after which a call with an identifier is retried are those of the code', () => {
    const retried = tableOf(read('docs/reliability.md'), 'Failures', 'code')
      .filter((row) => row['with `uniqueIdentifier`'] === 'retried')
      .flatMap((row) => quoted(row['code'] ?? ''));
    // Safe: the keys of that table are the codes.
    expect(retried).toEqual(codes.filter((code) => FAILURES[code as FailureCode].retry !== 'never'));
  });

  test('hold in problem details what docs/route.md shows', () => {
    const shown = fencesOf('docs/route.md', read('docs/route.md')).find(({ language }) => language === 'json');
    const { requestId, ...problem } = JSON.parse(shown?.code ?? '');
    const { status, title } = FAILURES.unavailable;
    expect(problem).toEqual({ title, status, code: 'unavailable' });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('of the route alone are those that it answers', async () => {
    const answers: Record<string, string> = {};
    const requests = [
      { method: 'GET', headers: {} },
      { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } },
      { method: 'POST', headers: {} },
    ];
    const unused = (): never => expect.unreachable();
    for (const { method, headers } of requests) {
      const header = (name: string): string | undefined => Object.entries(headers).find(([key]) => key === name)?.[1];
      const route = createSessionRoute({ identify: () => undefined }, { mounted: unused });
      const answer = await route({ method, header, signal: new AbortController().signal }, undefined);
      const { code, status }: { code: string; status: number } = JSON.parse(answer?.body ?? '');
      answers[code] = String(status);
    }
    const written = Object.fromEntries(ofRoute.map((row) => [quoted(row['code'] ?? '')[0], row['the route answers']]));
    expect(written).toEqual(answers);
  });

  describe('in the README', () => {
    /** A row for some codes: one answer for all of them, or one for each. */
    const short = tableOf(readme, 'Errors', 'code').map((row) => {
      const names = quoted(row['code'] ?? '');
      const [first = '', ...others] = row['the route answers']?.split('; ') ?? [];
      return { row, names, answers: others.length === 0 ? names.map(() => first) : [first, ...others] };
    });

    test('are those of docs/errors.md, and are answered alike', () => {
      const written = short.flatMap(({ names, answers }) => {
        expect(answers).toHaveLength(names.length);
        return names.map((name, at) => [name, answers[at]]);
      });
      const expected = rows.map((row) => [quoted(row['code'] ?? '')[0], row['the route answers']]);
      expect(written.length).toBe(expected.length);
      expect(Object.fromEntries(written)).toEqual(Object.fromEntries(expected));
    });

    test('stand for the statuses that the code takes them for', () => {
      const written = short.flatMap(({ row, names }) =>
        (row['when']?.match(/\b[45]\d\d\b/g) ?? []).map((status) => ({ status, names })),
      );
      expect(written.length).toBeGreaterThan(5);
      for (const { status, names } of written) expect(names).toContain(codeOfStatus(Number(status)));
    });
  });
});

describe('docs/route.md', () => {
  const rows = tableOf(read('docs/route.md'), 'What it answers', '`respond`');

  test.for(rows.map((row) => [row['`respond`'] ?? '', row] as const))('%s is what it does', async ([title, row]) => {
    const fetch = async (): Promise<Response> => new Response(documentedAnswer('https://start.faceverify.ai'));
    const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret', fetch });
    // Safe: a word that it does not know is refused at once.
    const respond = quoted(title)[0]?.replaceAll("'", '') as 'auto' | 'json' | 'redirect';
    const route = createSessionRoute(
      { identify: () => ({ uniqueIdentifier: 'alice' }), respond },
      { mounted: () => client },
    );
    const statusFor = async (headers: Readonly<Record<string, string>>): Promise<number | undefined> => {
      const header = (name: string): string | undefined => headers[name];
      return (await route({ method: 'POST', header, signal: new AbortController().signal }, undefined))?.status;
    };
    for (const headers of [{ accept: 'text/html' }, { accept: 'text/html', 'sec-fetch-mode': 'navigate' }]) {
      expect(row['a browser navigates']).toMatch(new RegExp(`^${await statusFor(headers)} `));
    }
    for (const headers of [{ accept: '*/*' }, {}, { accept: 'text/html', 'sec-fetch-mode': 'cors' }]) {
      expect(row['otherwise']).toMatch(new RegExp(`^${await statusFor(headers)} `));
    }
  });
});

describe('docs/signing.md', () => {
  test('names the mistakes that explainSignature finds', () => {
    const names = firstQuoted(tableOf(read('docs/signing.md'), 'A signature is refused', 'mistake'), 'mistake');
    expect(names).toEqual(['signature_encoding', 'body_bytes', 'ambiguous_url', ...MISTAKES.map(({ name }) => name)]);
  });
});

describe('docs/operations.md', () => {
  const text = read('docs/operations.md');

  test('names what onAttempt is told', () => {
    const names = firstQuoted(tableOf(text, 'Logs', '`onAttempt`'), '`onAttempt`');
    expect(new Set(names)).toEqual(new Set(membersOf('packages/core/src/options.ts', 'AttemptEvent')));
  });
});

test('docs/errors.md names what an error holds', () => {
  const names = firstQuoted(tableOf(read('docs/errors.md'), 'Fields', 'error'), 'error');
  const { name, ...fields } = new FaceVerifyError('closed', 'A message').toJSON();
  expect(name).toBe('FaceVerifyError');
  expect(new Set(names)).toEqual(new Set([...Object.keys(fields), 'vendorMessage()']));
});

test('the cap on a response is what docs/reliability.md says', () => {
  expect(read('docs/reliability.md')).toContain(`At most ${MAX_BODY_BYTES / 1024} KiB are read`);
});

test('the README can be read in ten minutes', () => {
  const forEachFramework = 14; // Its lines to paste, and its row under "Where it runs".
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(164 + forEachFramework * ADAPTERS.length);
});
