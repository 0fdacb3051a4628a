import process from 'node:process';
import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import type { Invocation } from '../command.ts';
import { Cancelled, UsageError } from '../failures.ts';
import { type Io, paint, toJson } from '../io.ts';
import { baseUrlOf, readKeys } from '../keys.ts';
import { guardOf } from '../secret-guard.ts';
import { version } from '../version.ts';
import type { Row } from './assumptions.ts';
import { usesProxy } from './environment.ts';
import { checkAssumptions, MAX_CALLS } from './live-calls.ts';

/** `faceverify doctor --live`. 0: no assumption is wrong, 1: one is, or nothing could be checked. */
export async function runLive(values: Invocation['values'], io: Io): Promise<number> {
  const baseUrl = checkedBaseUrl(baseUrlOf(io));
  // Before the keys: nobody types a secret for something that they decline.
  await askForConsent(values, baseUrl, io);
  const keys = await readKeys(io);
  const rows = await checkAssumptions({ ...keys, baseUrl, viaProxy: usesProxy(io.env) });
  const wrong = rows.filter(({ answer }) => answer === 'no');
  const report =
    values['json'] === true
      ? `${toJson({ cli: version(), node: process.versions.node, rows })}\n`
      : inWords(rows, wrong.length, io);
  const { hide } = guardOf(keys.secretKey);
  io.out.write(hide(report));
  return wrong.length === 0 && rows[0]?.answer === 'yes' ? 0 : 1;
}

function checkedBaseUrl(baseUrl: string): string {
  try {
    void createFaceVerify({ apiKey: 'key', secretKey: 'key', baseUrl }).close();
    return new URL(baseUrl).origin;
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    throw new UsageError(`FACEVERIFY_BASE_URL: ${error.message}`);
  }
}

async function askForConsent(values: Invocation['values'], baseUrl: string, io: Io): Promise<void> {
  if (values['yes'] === true) return;
  const { host } = new URL(baseUrl);
  io.err.write(
    `This sends up to ${MAX_CALLS} calls to ${host}, signed with your keys. Some are wrong on purpose.\n` +
      'It creates one session, which may cost money, or two if FaceVerify gives no existing link.\n',
  );
  const answer = await io.ask('Type yes to go on: ');
  if (answer === undefined) {
    throw new UsageError(
      'There is no terminal to ask for your consent at. If you agree, type: faceverify doctor --live --yes',
    );
  }
  if (answer.trim().toLowerCase() !== 'yes') throw new Cancelled();
}

const COLORS = { yes: 'green', no: 'red', unknown: 'yellow' } as const;

function inWords(rows: readonly Row[], wrong: number, { out }: Io): string {
  const width = Math.max(...rows.map(({ assumption }) => assumption.length));
  const lines = rows.map(({ assumption, answer, seen, advice }) => {
    const line = `${paint(out, COLORS[answer], answer.padEnd(7))}  ${assumption.padEnd(width)}  ${seen}`;
    return advice === undefined ? line : `${line}\n         ${advice}`;
  });
  const verdict = wrong === 0 ? 'No assumption is wrong.' : `${wrong} of ${rows.length} assumptions are wrong.`;
  return `${lines.join('\n')}

${paint(out, 'bold', verdict)} This report holds no key, link or identifier: you can send it to the maintainers.
faceverify ${version()}, Node ${process.versions.node}
`;
}
