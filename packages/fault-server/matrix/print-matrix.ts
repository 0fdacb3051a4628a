import type { Cell, Column } from './cell.ts';

/** The table, then what is not as promised, then a line of counts. */
export function printMatrix(faults: Results, columns: readonly Column[]): string {
  const cells = [...faults.values()].flatMap((row) => [...row.values()]);
  const wrong = [...faults].flatMap(([name, row]) =>
    [...row]
      .filter(([, { problems }]) => problems.length > 0)
      .map(([{ group, name: column }, { problems }]) => `${name} | ${group}, ${column} | ${problems.join('; ')}`),
  );
  const count = `${faults.size} faults, ${cells.length} cells, ${wrong.length} not as promised`;
  return [table(faults, columns), ...wrong, count].join('\n');
}

type Results = ReadonlyMap<string, ReadonlyMap<Column, Cell>>;

/** One line for each fault, with the columns of a group side by side; `!` marks what is not as promised. */
function table(faults: Results, columns: readonly Column[]): string {
  const groups = [...new Set(columns.map(({ group }) => group))];
  const title = ['fault', ...groups.map((group) => `${group}: ${namesOf(group, columns)}`), 'slowest'];
  const rows = [...faults].map(([name, cells]) => [
    name,
    ...groups.map((group) =>
      columns
        .filter((column) => column.group === group)
        .map((column) => show(cells.get(column), column))
        .join(' '),
    ),
    `${Math.round(Math.max(0, ...[...cells.values()].map(({ ms }) => ms)))} ms`,
  ]);
  const widths = title.map((_, at) => Math.max(...[title, ...rows].map((row) => row[at]?.length ?? 0)));
  return [title, ...rows].map((row) => row.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')).join('\n');
}

function namesOf(group: string, columns: readonly Column[]): string {
  return columns
    .filter((column) => column.group === group)
    .map(({ name }) => name)
    .join(', ');
}

/** Attempts and code of a call, attempts and status of a route. */
function show(cell: Cell | undefined, { group }: Column): string {
  if (cell === undefined) return '?';
  const how = group.startsWith('mounted') ? `${cell.attempts}:${cell.status}` : `${cell.attempts}:${cell.code}`;
  const short = group.startsWith('attached') ? String(cell.attempts) : how;
  return cell.problems.length === 0 ? short : `!${how}`;
}
