#!/usr/bin/env node
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createEmulator } from './emulator.ts';
import type { ReceivedRequest } from './received.ts';

const USAGE = `Usage: faceverify-emulator [--port 4400] [--host 127.0.0.1]

Stands in for the FaceVerify API and checks every signature. It is a model of the vendor, not the vendor.

  --port <number>   port to listen on; 0 takes any free one (default: 4400)
  --host <address>  address to listen on (default: 127.0.0.1, this machine only)
  --help            show this text
`;

/** What the person at the terminal got wrong. */
class UsageError extends Error {}

function readArguments(args: string[]): { port: number; hostname: string } | 'help' {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4400' },
        host: { type: 'string', default: '127.0.0.1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The arguments cannot be read.');
  }
  if (values.help) return 'help';
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new UsageError('--port must be a whole number from 0 to 65535.');
  }
  if (values.host === '') throw new UsageError('--host must not be empty.');
  return { port: Number(values.port), hostname: values.host };
}

/** One line for each request: neither the query nor the body, which hold identifiers. */
function log({ method, target, refusal }: ReceivedRequest): void {
  const verdict = refusal === undefined ? 'accepted' : `${refusal.status} ${refusal.code}: ${refusal.message}`;
  console.log(`${method} ${target.split('?')[0]} ${verdict}`);
}

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const emulator = createEmulator({ onRequest: log });
  const { url, close } = await emulator.listen(options);
  const open = /^(127\.|localhost$|::1$)/.test(options.hostname) ? '' : ' Whoever reaches this machine reaches it.';
  console.log(`The FaceVerify emulator listens on ${url}.${open}
It is a model of the vendor, not the vendor: nobody is verified here.

Point your app at it:

  export FACEVERIFY_BASE_URL=${url}
  export FACEVERIFY_API_KEY=${emulator.apiKey}
  export FACEVERIFY_SECRET_KEY=${emulator.secretKey}
`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error('Run faceverify-emulator --help for what it takes.');
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
