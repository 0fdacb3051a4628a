import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';
import { snippet } from './broken.ts';
import { docExamples } from './doc-examples.ts';
import { anchorsOf, fencesOf, linksOf, tableOf } from './markdown.ts';
import { run } from './run.ts';
import { startTestContext, type TestContext } from './test-context.ts';

/* That the proof proves something: what is broken is found. Broken types: snippets.test.ts, in its one program. */

describe('running', () => {
  let context: TestContext;
  beforeAll(async () => {
    context = await startTestContext();
  });
  afterAll(() => context.close());

  test('code that throws', async () => {
    await expect(run(snippet("throw new RangeError('broken');"), context.runContext)).rejects.toThrow('broken');
  });

  test('a test within it that fails', async () => {
    const code = "import { test } from 'node:test';\ntest('fails', async () => { throw new RangeError('broken'); });";
    await expect(run(snippet(code), context.runContext)).rejects.toThrow('broken');
  });

  test('an import that is not there', async () => {
    await expect(
      run(snippet("import { no } from '@faceverify/NO-SUCH-PACKAGE';\nno();"), context.runContext),
    ).rejects.toThrow('NO-SUCH-PACKAGE');
  });

  test('a request to any other host', async () => {
    await expect(run(snippet("await fetch('https://example.com');"), context.runContext)).rejects.toThrow(
      'example.com',
    );
  });

  test('keys that the vendor does not know', async () => {
    const code =
      "import { createFaceVerify } from '@faceverify/core';\n" +
      "await createFaceVerify({ apiKey: 'other', secretKey: 'other' }).createSession();";
    await expect(run(snippet(code), context.runContext)).rejects.toMatchObject({ code: 'rejected' });
  });

  test('a route that is not mounted', async () => {
    const { request } = await run(snippet('app.enable("trust proxy");', { comment: 'in express' }), context.runContext);
    expect((await request('/face-verify/session', { method: 'POST' })).status).toBe(404);
  });

  test('CommonJS runs too', async () => {
    const code = "const { createFaceVerify } = require('@faceverify/core');\nconsole.log(typeof createFaceVerify);";
    expect((await run(snippet(code, { language: 'js' }), context.runContext)).printed).toEqual(['function']);
  });
});

describe('documents', () => {
  test('a fence is never closed', () => {
    expect(() => fencesOf('a.md', 'text\n```ts\ncode\n')).toThrow('a.md:2');
  });

  test.for(['in no-such-fixture', 'in express: POST /x gets 200', 'Two Words', 'in express: 200'])(
    'the comment "%s" cannot be read',
    (comment) => {
      expect(() => snippet('', { comment })).toThrow('a.md:3');
    },
  );

  test('a table is read by its headings', () => {
    const text = '# A\n\n| x | y |\n|---|---|\n| `a \\| b` | 2 |\n\ntext\n';
    expect(tableOf(text, 'A', 'x')).toEqual([{ x: '`a \\| b`', y: '2' }]);
    expect(() => tableOf(text, 'B', 'x')).toThrow('"B"');
    expect(() => tableOf(text, 'A', 'z')).toThrow('"z"');
  });

  test('headings and links are read outside of fences', () => {
    const text = '# Hello, `World`!\n\n[a](b.md#c)\n\n```sh\n# not [this](one)\n```\n';
    expect([...anchorsOf(text)]).toEqual(['hello-world']);
    expect(linksOf(text)).toEqual(['b.md#c']);
  });

  test.for(['core', ...ADAPTERS.map(({ folder }) => folder), 'emulator'])(
    '%s has examples in its doc comments',
    (name) => {
      expect(docExamples(name).length).toBeGreaterThan(2);
    },
  );
});
