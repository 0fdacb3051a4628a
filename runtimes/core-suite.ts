import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentedAnswer, httpAnswer, startRawServer } from '../packages/core/test/raw-server.ts';
import ambiguousUrls from '../packages/core/test/vectors/ambiguous-urls.json' with { type: 'json' };
import signatures from '../packages/core/test/vectors/signatures.json' with { type: 'json' };
import { expectLimits } from '../test/contract/limits.ts';
import { coreOn, type Runtime } from '../test/contract/pairs.ts';

/** What use-core.ts prints. */
interface Printed {
  readonly entries: readonly string[];
  readonly signatures: readonly string[];
  readonly refused: readonly string[];
  readonly calls: readonly string[];
}

/** What the vendor does with each further request of a connection, once it has read it. */
type Further = 'answered' | 'closed' | 'reset';

/** What was used and what the vendor received: one list for each connection. */
interface Used extends Printed {
  readonly received: readonly (readonly string[])[];
}

/** What a runtime is to do with the core. */
interface Expected {
  /** The build that it is to load. */
  readonly platform: 'node' | 'web';
  readonly keepsConnections: boolean;
}

/** The built core in a process of another runtime. */
export function coreSuite(
  runtime: Runtime,
  [command, ...args]: readonly [string, ...string[]],
  { platform, keepsConnections }: Expected,
): void {
  const pair = coreOn(runtime);
  describe(`the core on ${runtime.runtime}`, { meta: { pair } }, () => {
    expectLimits(pair);

    describe('with a vendor that keeps connections', () => {
      let used: Used;
      beforeAll(async () => {
        used = await use('answered');
      });

      test(`loads the build for the platform ${platform}`, () => {
        const files = ['index.js', 'adapter.js', 'diagnose.js', 'index.cjs', 'adapter.cjs', 'diagnose.cjs'];
        const loaded = used.entries.map((path) => path.split('/').slice(-3).join('/'));
        expect(loaded).toEqual(files.map((file) => `dist/${platform}/${file}`));
      });

      test('signs as the vendor does', () => {
        expect(used.signatures).toEqual(signatures.map(({ signature }) => signature));
      });

      test('refuses URLs that would not be sent as they are signed', () => {
        expect(used.refused).toEqual(ambiguousUrls.map(() => 'invalid_params'));
      });

      const connections = keepsConnections ? 'one connection' : 'a connection of its own';
      test(`makes every call on ${connections}`, () => {
        expect(used.calls).toEqual(used.calls.map(() => 'ok'));
        expect(used.received).toHaveLength(keepsConnections ? 1 : used.calls.length);
      });
    });

    describe.each(['closed', 'reset'] as const)('with a vendor that loses kept connections: %s', (further) => {
      let received: readonly string[];
      beforeAll(async () => {
        received = (await use(further)).received.flat();
      });

      test.each(['/api/v1/session', '/POST', '/PATCH', '/PUT', '/DELETE'])('sends no call to %s twice', (path) => {
        expect(received.filter((target) => target.startsWith(path))).toHaveLength(2);
      });
    });
  });

  async function use(further: Further): Promise<Used> {
    const connections = new Map<unknown, string[]>();
    const vendor = await startRawServer(({ target }, socket) => {
      const before = connections.get(socket) ?? [];
      connections.set(socket, [...before, target]);
      if (before.length === 0 || further === 'answered') socket.write(httpAnswer(documentedAnswer(vendor.url)));
      else if (further === 'reset') socket.resetAndDestroy();
      else socket.end();
    });
    const { stdout } = await promisify(execFile)(command, [...args, 'runtimes/use-core.ts', vendor.url]);
    await vendor.close();
    return { ...(JSON.parse(stdout) as Printed), received: [...connections.values()] }; // Safe: use-core.ts wrote it.
  }
}
