import { join } from 'node:path';
import { build, createLogger } from 'vite';

/** @type {import('../tool.d.mts').Tool} */
export const vite = {
  title: 'Vite',
  name: 'vite',
  outputs: [
    { target: 'node', format: 'esm' },
    { target: 'workers', format: 'esm' },
    { target: 'browser', format: 'esm' },
  ],
  async bundle({ entry, project, folder, target }) {
    const warnings = [];
    const warn = (message) => warnings.push(message);
    const server = target !== 'browser';
    await build({
      root: project,
      configFile: false,
      logLevel: 'silent',
      customLogger: { ...createLogger('silent'), warn, warnOnce: warn },
      ssr: {
        noExternal: true,
        // By itself, Vite resolves packages for a web worker as it does for browsers.
        ...(target === 'workers' && { target: 'webworker', resolve: { conditions: ['workerd', 'worker'] } }),
      },
      build: {
        outDir: folder,
        emptyOutDir: false,
        ssr: server && entry,
        modulePreload: false,
        rolldownOptions: {
          ...(!server && { input: entry }),
          output: { entryFileNames: 'bundle.mjs' },
        },
      },
    });
    return { file: join(folder, 'bundle.mjs'), warnings };
  },
};
