import { join } from 'node:path';
import { build, formatMessages } from 'esbuild';
import { REQUIRE } from './require.mjs';

const SETTINGS = {
  node: { platform: 'node' },
  // As wrangler does; what cannot be resolved is an error, and so would be any module of Node.
  workers: { platform: 'neutral', conditions: ['workerd', 'worker'] },
  browser: { platform: 'browser' },
};
/** @type {import('../tool.d.mts').Tool} */
export const esbuild = {
  title: 'esbuild',
  name: 'esbuild',
  outputs: [
    { target: 'node', format: 'cjs' },
    { target: 'node', format: 'esm' },
    { target: 'workers', format: 'esm' },
    { target: 'browser', format: 'cjs' },
    { target: 'browser', format: 'esm' },
  ],
  async bundle({ entry, folder, target, format }) {
    const file = join(folder, format === 'cjs' ? 'bundle.cjs' : 'bundle.mjs');
    const { warnings } = await build({
      entryPoints: [entry],
      outfile: file,
      bundle: true,
      minify: true,
      format,
      logLevel: 'silent',
      ...SETTINGS[target],
      ...(target === 'node' && format === 'esm' && { banner: { js: REQUIRE } }),
    });
    return { file, warnings: await formatMessages(warnings, { kind: 'warning' }) };
  },
};
