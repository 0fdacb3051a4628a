import type { Invocation } from '../command.ts';
import { type Io, paint, readInput, toJson, visible } from '../io.ts';
import { UsageError } from '../failures.ts';
import { API_KEY_VARIABLE, readSecret } from '../keys.ts';
import { readCurlWords } from './curl.ts';
import { isCurl } from './curl-name.ts';
import { type Explanation, explainRequest } from './explain-request.ts';
import type { HttpRequest } from './http-request.ts';
import { checkRequest, readRequest } from './read-request.ts';

/** More is not read in a terminal; `--json` gives all of it. */
const MAX_SHOWN = 4_000;

/** `faceverify explain`. 0: the signature is right, 1: it is wrong. */
export async function run({ values, positionals }: Invocation, io: Io): Promise<number> {
  const request = await requestOf(values, positionals, io);
  const secretKey = await readSecret(io);
  const explanation = await explainRequest(request, { secretKey, apiKey: io.env[API_KEY_VARIABLE] });
  const { valid, mistakes, stringToSign } = explanation;
  if (values['json'] === true) {
    const named = mistakes.map(({ name, advice }) => ({ name, advice }));
    io.out.write(`${toJson({ valid, mistakes: named, stringToSign })}\n`);
  } else io.out.write(`${inWords(explanation, io)}\n`);
  return valid ? 0 : 1;
}

async function requestOf(values: Invocation['values'], positionals: readonly string[], io: Io): Promise<HttpRequest> {
  const { body: bodyFile, entry } = values;
  const body = typeof bodyFile === 'string' ? await readInput(bodyFile, io) : undefined;
  const [first, ...others] = positionals;
  if (first !== undefined && isCurl(first)) {
    // Words of a command that the shell has split already.
    const words = positionals.map((word) => Buffer.from(word).toString('latin1'));
    const request = readCurlWords(words, body);
    checkRequest(request);
    return request;
  }
  if (others.length > 0) {
    throw new UsageError('explain takes one FILE, or a whole command that begins with curl.');
  }
  if (first === undefined && io.stdinIsTerminal) {
    io.err.write('Paste a curl command, a HAR or a raw HTTP request. Then press Enter and Ctrl-D.\n');
  }
  return readRequest(await readInput(first ?? '-', io), { body, entry: entryOf(entry) });
}

function entryOf(entry: string | boolean | undefined): number | undefined {
  if (typeof entry !== 'string') return undefined;
  if (!/^[1-9]\d{0,5}$/.test(entry)) throw new UsageError('--entry must be a number from 1.');
  return Number(entry);
}

function inWords({ valid, mistakes, stringToSign, curl, notes }: Explanation, { out }: Io): string {
  const heading = (text: string): string => `\n${paint(out, 'bold', text)}`;
  const lines = [
    valid
      ? paint(out, ['bold', 'green'], 'The signature is right.')
      : paint(out, ['bold', 'red'], mistakes.length === 0 ? 'The signature is wrong.' : 'The signature is wrong:'),
    ...mistakes.map(({ name, advice }) => `\n  ${paint(out, 'yellow', name)}\n  ${advice}`),
  ];
  if (!valid && mistakes.length === 0) {
    lines.push(
      'None of the usual mistakes explains it, alone or in pairs. Check that the secret key belongs to the API key,',
      'then compare the string below with the one that was signed, byte by byte.',
    );
  }
  lines.push(heading('The string to sign, each line end shown as \\n:'), indented(cut(visible(stringToSign))));
  if (!valid && curl !== undefined) lines.push(heading('The same request with the right signature:'), curl);
  if (notes.length > 0) lines.push(heading('Also:'), ...notes.map((note) => `  - ${note}`));
  if (valid && notes.length === 0) {
    lines.push(
      '\nIf FaceVerify refuses it all the same, ask FaceVerify whether this API key may be used at this address.',
    );
  }
  return lines.join('\n');
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

function cut(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}... (--json shows the rest)`;
}
