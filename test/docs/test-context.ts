import { createEmulator, type Emulator } from '@faceverify/emulator';
import { vi } from 'vitest';
import type { RunContext } from './run.ts';

/** An emulator on a real port, and an environment that points at it. */
export interface TestContext {
  readonly emulator: Emulator;
  readonly runContext: RunContext;
  close(): Promise<void>;
}

/** The second pair is for apps with several tenants; the others are what snippets write out. */
const CLIENTS = {
  'first-api-key': 'first-secret-key',
  'second-api-key': 'second-secret-key',
};

export async function startTestContext(): Promise<TestContext> {
  const emulator = createEmulator({ clients: CLIENTS });
  const { url, close } = await emulator.listen();
  const keys = {
    FACEVERIFY_API_KEY: emulator.apiKey,
    FACEVERIFY_SECRET_KEY: emulator.secretKey,
    FACEVERIFY_BASE_URL: url,
  };
  for (const [name, value] of Object.entries({ ...keys, PORT: '0' })) vi.stubEnv(name, value);
  return {
    emulator,
    runContext: { vendor: url, bindings: { ...keys, LIMITER: { limit: async () => ({ success: true }) } } },
    close: async () => {
      vi.unstubAllEnvs();
      await close();
    },
  };
}
