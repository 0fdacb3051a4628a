import type { Invocation } from '../command.ts';
import { UsageError } from '../failures.ts';
import { commandName } from '../help.ts';
import { type Io, paint, toJson, visible } from '../io.ts';
import { baseUrlOf } from '../keys.ts';
import type { Check } from './check.ts';
import { checkConnection } from './connection.ts';
import { checkEnvironment, usesProxy } from './environment.ts';
import { checkVersions } from './versions.ts';

/** `faceverify doctor`. 0: nothing is wrong, 1: something is. */
export async function run({ values }: Invocation, io: Io): Promise<number> {
  if (values['live'] === true) {
    const { runLive } = await import('./live.ts');
    return runLive(values, io);
  }
  if (values['yes'] === true) throw new UsageError('--yes is for --live.');
  const environment = checkEnvironment(io);
  const canConnect = !environment.some(({ name, status }) => name === 'base_url' && status === 'problem');
  const checks = [
    ...checkVersions(io.cwd),
    ...environment,
    ...(canConnect ? await checkConnection(baseUrlOf(io), { viaProxy: usesProxy(io.env) }) : []),
  ];
  const problems = checks.filter(({ status }) => status === 'problem');
  if (values['json'] === true) io.out.write(`${toJson({ ok: problems.length === 0, checks })}\n`);
  else io.out.write(inWords(checks, problems.length, io));
  return problems.length === 0 ? 0 : 1;
}

const MARKS = {
  ok: ['ok', 'green'],
  note: ['note', 'yellow'],
  problem: ['PROBLEM', 'red'],
  skipped: ['-', 'gray'],
} as const;

function inWords(checks: readonly Check[], problems: number, { out, env }: Io): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, status, found, advice }) => {
    const [word, color] = MARKS[status];
    const line = `${paint(out, color, word.padEnd(7))}  ${name.replaceAll('_', ' ').padEnd(width)}  ${visible(found)}`;
    return advice === undefined ? line : `${line}\n${' '.repeat(width + 11)}${visible(advice)}`;
  });
  const verdict = problems === 0 ? 'Nothing is wrong.' : problems === 1 ? '1 problem.' : `${problems} problems.`;
  return `${lines.join('\n')}\n\n${paint(out, 'bold', verdict)} Nothing was signed. To check the keys with real calls, type: ${commandName(env)} doctor --live\n`;
}
