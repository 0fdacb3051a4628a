import { BUILT_ADAPTER, CORE_ENTRIES, platformSource, sourceOf } from './paths.mjs';

/** A plugin for esbuild that takes the packages from their sources, with some files replaced: `stubs`, by file name. */
export function sources(platform, stubs = {}) {
  const at = (path) => ({ path, sideEffects: false });
  const unused = new Set(Object.keys(stubs));
  return {
    name: 'sources',
    setup({ onEnd, onLoad, onResolve }) {
      onResolve({ filter: BUILT_ADAPTER }, ({ path }) => at(sourceOf(BUILT_ADAPTER.exec(path)[1])));
      onResolve({ filter: /^@faceverify\/core(\/|$)/ }, ({ path }) => at(CORE_ENTRIES[path]));
      onResolve({ filter: /^#platform$/ }, () => at(platformSource(platform)));
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const name = path.slice(path.lastIndexOf('/') + 1);
        unused.delete(name);
        return Object.hasOwn(stubs, name) ? { contents: stubs[name], loader: 'js' } : undefined;
      });
      onEnd(() => ({ errors: [...unused].map((name) => ({ text: `There is no ${name} to replace.` })) }));
    },
  };
}
