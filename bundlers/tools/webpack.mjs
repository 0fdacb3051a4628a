import { join } from 'node:path';
import { promisify } from 'node:util';
import { rspack as buildWithRspack } from '@rspack/core';
import buildWithWebpack from 'webpack';

const TARGETS = { node: 'node20', workers: 'webworker', browser: 'web' };

/**
 * webpack, and rspack, which takes the same configuration.
 *
 * @returns {import('../tool.d.mts').Tool}
 */
function webpackTool(title, name, build) {
  return {
    title,
    name,
    outputs: [
      { target: 'node', format: 'cjs' },
      { target: 'node', format: 'esm' },
      { target: 'workers', format: 'esm' },
      { target: 'browser', format: 'cjs' },
    ],
    async bundle({ entry, project, folder, target, format }) {
      const esm = format === 'esm';
      const filename = esm ? 'bundle.mjs' : 'bundle.cjs';
      const stats = await promisify(build)({
        mode: 'production',
        context: project,
        entry,
        target: TARGETS[target],
        output: { path: folder, filename, ...(esm && { module: true, library: { type: 'module' } }) },
        experiments: esm && name === 'webpack' ? { outputModule: true } : {},
        // What a package does not export is an error in some modules and a warning in others: here, always a warning.
        module: { parser: { javascript: { exportsPresence: 'warn' } } },
        performance: false,
      });
      const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
      if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
      return { file: join(folder, filename), warnings: warnings.map((warning) => JSON.stringify(warning)) };
    },
  };
}

export const webpack = webpackTool('webpack', 'webpack', buildWithWebpack);
export const rspack = webpackTool('Rspack', '@rspack/core', buildWithRspack);
