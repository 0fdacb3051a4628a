import { sizes } from '../../scripts/size.mjs';

/** Bytes that an app carries; the budgets are those of `npm run size`. */
export async function run() {
  const found = await sizes();
  return {
    rows: found.map(({ name, minified, gzip }) => ({ label: name, minified, gzip })),
    bars: found.map(({ name, gzip, budget }) => ({
      figure: name,
      value: { median: gzip },
      unit: 'bytes',
      bar: budget,
    })),
  };
}
