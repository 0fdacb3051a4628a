import { parseArgs } from 'node:util';
import { createEmulator, type Emulator } from './emulator.ts';
import { isLoopback } from './host-check.ts';
import { ORIGIN_RULE, parseOrigin } from './options.ts';
import type { ReceivedRequest } from './request-log.ts';
import type { Listening } from './server.ts';

/** Names the package: if it is not installed, npx would run whatever anyone published under the command's name. */
const NPX = 'npx -p @faceverify/emulator faceverify-emulator';

const USAGE = `Usage: faceverify-emulator [--port 4400] [--host 127.0.0.1] [--public-url <origin>]

Emulates the FaceVerify API and checks every signature. It is a model of the vendor, not the vendor.

  --port <number>        port to listen on; 0 takes any free port (default: 4400)
  --host <address>       address to listen on (default: 127.0.0.1, this machine only)
  --public-url <origin>  origin of the links, as browsers reach it (default: the origin of each request)
  --help                 show this text

With npx, name the package:  ${NPX} --port 4400`;

/** Where the command writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The result of the command. `exitCode` is 0 if it is done or listening, 1 if it cannot listen, 2 for wrong arguments. */
export interface CommandResult {
  readonly exitCode: 0 | 1 | 2;
  /** Set if it is listening. */
  readonly listening?: Listening;
}

/** Runs `faceverify-emulator` with these arguments. */
export async function runCommand(args: readonly string[], { out, err }: Terminal): Promise<CommandResult> {
  const options = readArguments(args);
  if (typeof options === 'string') {
    err(`${options}\nTo see all options: ${NPX} --help`);
    return { exitCode: 2 };
  }
  if (options.help) {
    out(USAGE);
    return { exitCode: 0 };
  }
  const emulator = createEmulator({
    onRequest: (request) => out(logLine(request)),
    publicUrl: options.publicUrl,
  });
  try {
    const listening = await emulator.listen({ port: options.port, hostname: options.hostname });
    out(startMessage(listening.url, options, emulator));
    return { exitCode: 0, listening };
  } catch (error) {
    err(error instanceof Error ? error.message : String(error));
    return { exitCode: 1 };
  }
}

interface Arguments {
  readonly port: number;
  readonly hostname: string;
  readonly publicUrl: string | undefined;
  readonly help: boolean;
}

/** Reads the arguments, or returns a sentence that says what is wrong with them. */
function readArguments(args: readonly string[]): Arguments | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4400' },
        host: { type: 'string', default: '127.0.0.1' },
        'public-url': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { port, host: hostname, 'public-url': publicUrl, help } = values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return '--port must be a whole number from 0 to 65535.';
    if (hostname === '') return '--host must not be empty.';
    if (publicUrl !== undefined && parseOrigin(publicUrl) === undefined) return `--public-url ${ORIGIN_RULE}.`;
    return { port: Number(port), hostname, publicUrl: parseOrigin(publicUrl), help };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function startMessage(url: string, { hostname, publicUrl }: Arguments, { apiKey, secretKey }: Emulator): string {
  return `The FaceVerify emulator listens on ${url}${isLoopback(hostname) ? '' : ' and is reachable from other machines'}
It is a model of the vendor, not the vendor: nobody is verified here.
${publicUrl === undefined ? '' : `Links start with ${publicUrl}\n`}
Set these variables for your app:

  export FACEVERIFY_BASE_URL=${url}
  export FACEVERIFY_API_KEY=${apiKey}
  export FACEVERIFY_SECRET_KEY=${secretKey}
`;
}

/** Without the query and the body, which contain identifiers. */
function logLine({ method, target, refusal }: ReceivedRequest): string {
  const verdict = refusal === undefined ? 'accepted' : `${refusal.status} ${refusal.code}: ${refusal.message}`;
  return `${method} ${target.split('?')[0]} ${verdict}`;
}
