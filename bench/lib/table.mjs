const digits = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

/** A median with its spread. */
function cell(value) {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const { median, low, high } = value;
  return low === undefined ? digits(median) : `${digits(median)} [${digits(low)} ${digits(high)}]`;
}

const COLUMNS = {
  group: ['', (row) => row.group ?? ''],
  label: ['', (row) => row.label],
  cpuUs: ['CPU us', (row) => cell(row.cpuUs)],
  ratio: ['against', (row) => (row.ratio === undefined ? '' : `${cell(row.ratio)}`)],
  share: ['share', (row) => cell(row.share)],
  perSecond: ['calls/s', (row) => cell(row.perSecond)],
  cpuMs: ['CPU ms', (row) => cell(row.cpuMs)],
  ms: ['ms', (row) => cell(row.ms)],
  openingUs: ['CPU us to open one', (row) => cell(row.openingUs)],
  kilobytes: ['heap KiB per call in flight', (row) => cell(row.kilobytes)],
  mib: ['RSS MiB', (row) => cell(row.mib)],
  minified: ['minified', (row) => cell(row.minified)],
  gzip: ['gzip -9', (row) => cell(row.gzip)],
};

function print(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) {
    const padded = line.map((text, column) => text.padEnd(widths[column]));
    console.log(padded.join('  ').trimEnd());
  }
}

export function printComparison({ title, baseline, rows }) {
  const used = Object.entries(COLUMNS).filter(([name]) => rows.some((row) => row[name] !== undefined));
  const heads = used.map(([name, [head]]) => (name === 'ratio' ? `against ${baseline}` : head));
  console.log(`\n${title}`);
  print([heads, ...rows.map((row) => used.map(([, [, text]]) => text(row)))]);
}

/** The figures, and whether those that have a bar keep it: a quick run is too rough to say so. */
export function printBars(bars, quick) {
  console.log('\nFigures');
  print([
    ['', 'measured', 'bar', ''],
    ...bars.map(({ figure, value, unit = 'x', bar }) => [
      figure,
      `${cell(value)} ${unit}`,
      bar === undefined ? '' : `<= ${bar} ${unit}`,
      bar === undefined || quick ? '' : value.median <= bar ? 'reached' : 'NOT REACHED',
    ]),
  ]);
}
