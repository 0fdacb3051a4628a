import type { CaseResult, Target } from './case.ts';

/** The table, then what is not as specified, then a line of counts. */
export function printMatrix(faults: Results, targets: readonly Target[]): string {
  const cases = [...faults.values()].flatMap((row) => [...row.values()]);
  const wrong = [...faults].flatMap(([name, row]) =>
    [...row]
      .filter(([, { problems }]) => problems.length > 0)
      .map(([{ group, name: target }, { problems }]) => `${name} | ${group}, ${target} | ${problems.join('; ')}`),
  );
  const count = `${faults.size} faults, ${cases.length} cases, ${wrong.length} not as specified`;
  return [table(faults, targets), ...wrong, count].join('\n');
}

type Results = ReadonlyMap<string, ReadonlyMap<Target, CaseResult>>;

/** One line for each fault, with the targets of a group side by side; `!` marks what is not as specified. */
function table(faults: Results, targets: readonly Target[]): string {
  const groups = [...new Set(targets.map(({ group }) => group))];
  const title = ['fault', ...groups.map((group) => `${group}: ${namesOf(group, targets)}`), 'slowest'];
  const rows = [...faults].map(([name, cases]) => [
    name,
    ...groups.map((group) =>
      targets
        .filter((target) => target.group === group)
        .map((target) => show(cases.get(target), target))
        .join(' '),
    ),
    `${Math.round(Math.max(0, ...[...cases.values()].map(({ ms }) => ms)))} ms`,
  ]);
  const widths = title.map((_, at) => Math.max(...[title, ...rows].map((row) => row[at]?.length ?? 0)));
  return [title, ...rows].map((row) => row.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')).join('\n');
}

function namesOf(group: string, targets: readonly Target[]): string {
  return targets
    .filter((target) => target.group === group)
    .map(({ name }) => name)
    .join(', ');
}

/** Attempts and code of a call, attempts and status of a route. */
function show(result: CaseResult | undefined, { group }: Target): string {
  if (result === undefined) return '?';
  const how = group.startsWith('mounted') ? `${result.attempts}:${result.status}` : `${result.attempts}:${result.code}`;
  const short = group.startsWith('attached') ? String(result.attempts) : how;
  return result.problems.length === 0 ? short : `!${how}`;
}
