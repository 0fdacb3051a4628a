const digits = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

/** A median with its spread. */
function cell(value) {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const { median, low, high } = value;
  return low === undefined ? digits(median) : `${digits(median)} [${digits(low)} ${digits(high)}]`;
}

/** A median alone. */
const middle = (value) => (value === undefined ? '' : digits(value.median));

const COLUMNS = {
  label: ['', (row) => row.label],
  newestCpuUs: ['CPU us', (row) => middle(row.newestCpuUs)],
  newestRatio: ['against', (row) => middle(row.newestRatio)],
  cpuUs: ['CPU us', (row) => cell(row.cpuUs)],
  ratio: ['against', (row) => cell(row.ratio)],
  share: ['share', (row) => cell(row.share)],
  perSecond: ['calls/s', (row) => cell(row.perSecond)],
  cpuMs: ['CPU ms', (row) => cell(row.cpuMs)],
  ms: ['ms', (row) => cell(row.ms)],
  loadingMs: ['of it loading', (row) => middle(row.loadingMs)],
  connections: ['connections', (row) => cell(row.connections)],
  openingUs: ['CPU us to open one', (row) => cell(row.openingUs)],
  kilobytes: ['heap KiB per call in flight', (row) => cell(row.kilobytes)],
  mib: ['RSS MiB', (row) => cell(row.mib)],
  minified: ['minified', (row) => cell(row.minified)],
  gzip: ['gzip -9', (row) => cell(row.gzip)],
};

/** Lines of cells as lines of text, in columns. */
export function align(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

/** Rows of the same group follow one another, below its name. `heads` replaces headings; `notes` follow the table. */
export function printComparison({ title, baseline, rows, heads = {}, notes = [] }) {
  const used = Object.entries(COLUMNS).filter(([name]) => rows.some((row) => row[name] !== undefined));
  const headings = used.map(([name, [head]]) => heads[name] ?? (name === 'ratio' ? `against ${baseline}` : head));
  const [heading, ...lines] = align([headings, ...rows.map((row) => used.map(([, [, text]]) => text(row)))]);
  console.log(`\n${title}\n${heading}`);
  for (const [index, line] of lines.entries()) {
    const { group } = rows[index];
    if (group !== undefined && group !== rows[index - 1]?.group) console.log(`-- ${group}`);
    console.log(line);
  }
  for (const note of notes) console.log(note);
}

/** The figures, and whether they reach their bars: a quick run is too rough to say so, except for exact figures. */
export function printBars(bars, quick) {
  console.log('\nFigures');
  const lines = align([
    ['', 'measured', 'bar', ''],
    ...bars.map(({ figure, value, unit = 'x', bar, exact = false }) => [
      figure,
      `${cell(value)} ${unit}`.trimEnd(),
      bar === undefined ? '' : `<= ${bar} ${unit}`.trimEnd(),
      bar === undefined || (quick && !exact) ? '' : (value.median ?? value) <= bar ? 'reached' : 'NOT REACHED',
    ]),
  ]);
  for (const line of lines) console.log(line);
}
