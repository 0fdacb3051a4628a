import { BUILT_ADAPTER, CORE_ENTRIES, platformSource, sourceOf } from './paths.mjs';

/** A plugin for esbuild that takes the packages from their sources. */
export function sources(platform) {
  const at = (path) => ({ path, sideEffects: false });
  return {
    name: 'sources',
    setup({ onResolve }) {
      onResolve({ filter: BUILT_ADAPTER }, ({ path }) => at(sourceOf(BUILT_ADAPTER.exec(path)[1])));
      onResolve({ filter: /^@faceverify\/core(\/|$)/ }, ({ path }) => at(CORE_ENTRIES[path]));
      onResolve({ filter: /^#platform$/ }, () => at(platformSource(platform)));
    },
  };
}
