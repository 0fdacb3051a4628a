import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import type { Invocation } from './command.ts';
import { CommandFailure, UsageError } from './failures.ts';
import { type Io, type Output, toJson, visible } from './io.ts';
import { baseUrlOf, type Keys, readKeys } from './keys.ts';
import { guardOf } from './secret-guard.ts';

/** `faceverify session`: creates a session, and shows its link. */
export async function run({ values }: Invocation, io: Io): Promise<number> {
  const keys = await readKeys(io);
  const { id, country } = values;
  const { isIn } = guardOf(keys.secretKey);
  if ([id, country].some((value) => typeof value === 'string' && isIn(value))) {
    throw new UsageError('The secret key is never sent, and is no id. Give the id of a user.');
  }
  const params = {
    ...(typeof country === 'string' && { country }),
    ...(typeof id === 'string' && { uniqueIdentifier: id }),
  };
  const { sessionId, url } = await create(keys, params, io);
  if (values['json'] === true) io.out.write(`${toJson({ sessionId, url })}\n`);
  else {
    io.out.write(`${url}\n`);
    if (io.out.isTerminal) io.out.write(await qrCode(url, io.out));
  }
  if (values['open'] === true) io.open(url);
  return 0;
}

async function create(keys: Keys, params: { country?: string; uniqueIdentifier?: string }, io: Io) {
  try {
    const client = createFaceVerify({ ...keys, baseUrl: baseUrlOf(io) });
    try {
      return await client.createSession(params);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    if (error.code === 'invalid_options' || error.code === 'invalid_params') throw new UsageError(error.message);
    const said = error.vendorMessage();
    const hide = guardOf(keys.secretKey).hide;
    throw new CommandFailure(
      [
        hide(error.message),
        ...(said === undefined ? [] : [`FaceVerify said: ${hide(visible(said))}`]),
        `To find out what is wrong, type: faceverify doctor`,
      ].join('\n'),
    );
  }
}

/** A QR code, for a phone's camera; nothing where the terminal is too narrow for it. */
async function qrCode(url: string, { columns = 0, hasColors }: Output): Promise<string> {
  const { renderUnicodeCompact } = await import('uqr');
  let code: string;
  try {
    code = renderUnicodeCompact(url, { border: 2 });
  } catch {
    return ''; // The link is longer than any code.
  }
  const lines = code.split('\n');
  if ((lines[0] ?? '').length > columns) return 'The terminal is too narrow for a QR code of the link.\n';
  // White blocks on black, whatever the colours of the terminal are.
  return lines.map((line) => (hasColors ? `\u001b[97;40m${line}\u001b[0m\n` : `${line}\n`)).join('');
}
