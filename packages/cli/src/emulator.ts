import { createEmulator, type ReceivedRequest } from '@faceverify/emulator';
import type { Invocation } from './command.ts';
import { CommandFailure, UsageError } from './failures.ts';
import { type Io, paint, visible } from './io.ts';

const DEFAULT_PORT = '4400';

/** `faceverify emulator`: listens until it is stopped. */
export async function run({ values }: Invocation, io: Io): Promise<number> {
  const { port = DEFAULT_PORT, host, 'public-url': publicUrl } = values;
  if (typeof port !== 'string' || !/^\d{1,5}$/.test(port)) {
    throw new UsageError('--port must be a whole number from 0 to 65535.');
  }
  const { emulator, listening } = await start(Number(port), host, publicUrl, io);
  io.out.write(`The FaceVerify emulator listens on ${paint(io.out, 'bold', listening.url)}
It is a model of the vendor, not the vendor: nobody is verified here. To stop it, press Ctrl-C.

Set these variables for your app:

  export FACEVERIFY_BASE_URL=${listening.url}
  export FACEVERIFY_API_KEY=${emulator.apiKey}
  export FACEVERIFY_SECRET_KEY=${emulator.secretKey}

`);
  await io.stopped();
  await listening.close();
  return 0;
}

type Value = string | boolean | undefined;

async function start(port: number, host: Value, publicUrl: Value, io: Io) {
  const onRequest = (request: ReceivedRequest): void => io.out.write(`${logLine(request, io)}\n`);
  try {
    const emulator = createEmulator({ onRequest, publicUrl: typeof publicUrl === 'string' ? publicUrl : undefined });
    const listening = await emulator.listen({ port, hostname: typeof host === 'string' ? host : undefined });
    return { emulator, listening };
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UsageError(`--public-url${error.message.split('publicUrl')[1] ?? ' is wrong.'}`);
    }
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error instanceof Error ? new CommandFailure(error.message) : error;
  }
}

/** Without the query and the body, which may hold identifiers. */
function logLine({ method, target, refusal }: ReceivedRequest, { out }: Io): string {
  const verdict =
    refusal === undefined
      ? paint(out, 'green', 'accepted')
      : `${paint(out, 'red', `${refusal.status} ${refusal.code}`)}: ${visible(refusal.message)}`;
  return `${method} ${visible(target.split('?')[0] ?? '')} ${verdict}`;
}
