import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FAULTS } from './server/faults.ts';
import { SPECS } from './server/expectation.ts';

/* docs/reliability.md promises what the matrix checks, and nothing else. */

const page = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');

/** The rows of the table below a heading, without its head. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((result) => result.trim()),
    );
}

const WORDS = { true: 'retried', false: 'no', 'if not sent': 'if nothing was sent' };

test('the table says of each code what the matrix expects', () => {
  const written = rowsBelow('Failures').map(([code, , known, unknown, route]) => ({ code, known, unknown, route }));
  const specified = Object.entries(SPECS)
    .filter(([code]) => code !== 'ok')
    .map(([code, { K, N, route }]) => ({
      code: `\`${code}\``,
      known: WORDS[`${K}`],
      unknown: WORDS[`${N}`],
      route: String(route),
    }));
  expect(written).toEqual(specified);
});

test('there are as many faults as it says', () => {
  const [, over] = /over (\d+) faults/.exec(page) ?? [];
  const count = Object.values(FAULTS).flat().length;
  expect(count).toBeGreaterThan(Number(over));
});
