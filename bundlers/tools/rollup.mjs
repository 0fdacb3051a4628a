import { join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import resolve from '@rollup/plugin-node-resolve';
import { rollup as build } from 'rollup';
import { REQUIRE } from './require.mjs';

/** @type {import('../tool.d.mts').Tool} */
export const rollup = {
  title: 'Rollup',
  name: 'rollup',
  outputs: [
    { target: 'node', format: 'cjs' },
    { target: 'node', format: 'esm' },
    { target: 'workers', format: 'esm' },
    { target: 'browser', format: 'esm' },
  ],
  async bundle({ entry, folder, target, format }) {
    const warnings = [];
    const settings = {
      node: { preferBuiltins: true, exportConditions: ['node'] },
      workers: { preferBuiltins: false, exportConditions: ['workerd', 'worker'] },
      browser: { browser: true, preferBuiltins: false },
    };
    const bundle = await build({
      input: entry,
      external: target === 'node' ? (id) => id.startsWith('node:') : [],
      plugins: [resolve(settings[target]), commonjs(), json()],
      onwarn: (warning) => warnings.push(JSON.stringify(warning)),
    });
    const file = join(folder, format === 'cjs' ? 'bundle.cjs' : 'bundle.mjs');
    const banner = target === 'node' && format === 'esm' ? REQUIRE : '';
    await bundle.write({ file, format, banner, inlineDynamicImports: true });
    await bundle.close();
    return { file, warnings };
  },
};
