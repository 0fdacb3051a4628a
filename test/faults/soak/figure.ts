/** Something that was measured, and what it must be. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly bar: string;
  readonly passed: boolean;
}

/** A figure that must not be larger than `bar`. */
export function atMost(what: string, measured: number, bar: number, unit: string = '', digits: number = 2): Figure {
  const show = (value: number): string => `${value.toFixed(digits)}${unit}`;
  return { what, measured: show(measured), bar: `<= ${show(bar)}`, passed: measured <= bar };
}

/** A figure that must be exactly this. */
export function exactly(what: string, measured: string, bar: string): Figure {
  return { what, measured, bar, passed: measured === bar };
}

export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map(({ what, measured, bar, passed }) => [what, measured, bar, passed ? 'pass' : 'FAIL']);
  const table = [['figure', 'measured', 'bar', ''], ...rows];
  const widths = [0, 1, 2].map((target) => Math.max(...table.map((row) => row[target]?.length ?? 0)));
  for (const row of table) console.log(row.map((text, target) => text.padEnd(widths[target] ?? 0)).join('  '));
  const failed = figures.filter(({ passed }) => !passed).length;
  console.log(`\n${figures.length - failed} passed, ${failed} failed`);
}
