import { readFileSync } from 'node:fs';
import { ADAPTERS } from '../../adapters.mjs';

/** A runtime and a framework on it, as the table of compatibility names them. */
export interface Pair {
  readonly runtime: string;
  readonly runtimeVersion: string;
  /** Without its version: `Express`. */
  readonly framework: string;
  /** Empty if the adapter needs no framework. */
  readonly frameworkVersion: string;
}

/** The half of a pair that every adapter shares. */
export type Runtime = Pick<Pair, 'runtime' | 'runtimeVersion'>;

/**
 * The pair of a runtime and an adapter of the table.
 *
 * @param name A framework with its major version: `Express 4`; or an adapter's title, for the newest.
 */
export function pairOf(runtime: Runtime, name: string): Pair {
  const [, title = name, major = ''] = /^(.+) (\d+)$/.exec(name) ?? [];
  const adapter = ADAPTERS.find((each) => each.title === title);
  if (adapter === undefined) throw new Error(`adapters.mjs has no title for ${name}.`);
  const versions = adapter.installed.map((each) => versionOf(each)).reverse();
  if (major === '') return { ...runtime, framework: title, frameworkVersion: versions[0] ?? '' };
  const frameworkVersion = versions.find((version) => version.startsWith(`${major}.`));
  if (frameworkVersion === undefined) throw new Error(`${name} is not installed, but ${versions.join(' and ')}.`);
  return { ...runtime, framework: title, frameworkVersion };
}

/** The core on a runtime, without an adapter. */
export function coreOn(runtime: Runtime): Pair {
  return { ...runtime, framework: 'The core alone', frameworkVersion: '' };
}

/**
 * @param name A package that is installed.
 * @param folder Where it is installed, seen from the root.
 */
export function versionOf(name: string, folder = '.'): string {
  const manifest = new URL(`../../${folder}/node_modules/${name}/package.json`, import.meta.url);
  // Safe: every package has one.
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
