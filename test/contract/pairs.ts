import { readFileSync } from 'node:fs';
import { ADAPTERS } from '../../adapters.mjs';

/** A runtime and a framework on it, as the table of compatibility names them. */
export interface Pair {
  readonly runtime: string;
  readonly runtimeVersion: string;
  /** Without its version: `Express`. */
  readonly framework: string;
  readonly frameworkVersion: string;
}

export type Runtime = Pick<Pair, 'runtime' | 'runtimeVersion'>;

/** @param name A framework with its major version: `Express 4`; or an adapter's title, for the newest. */
export function pairOf(runtime: Runtime, name: string): Pair {
  const [, title = name, major = ''] = /^(.+) (\d+)$/.exec(name) ?? [];
  const adapter = ADAPTERS.find((each) => each.title === title);
  if (adapter === undefined) throw new Error(`adapters.mjs has no title for ${name}.`);
  const versions = adapter.installed.map((each) => versionOf(each));
  const frameworkVersion = [...versions].reverse().find((version) => major === '' || version.startsWith(`${major}.`));
  if (frameworkVersion === undefined) throw new Error(`No ${name} is installed: there are ${versions.join(' and ')}.`);
  return { ...runtime, framework: title, frameworkVersion };
}

/** @param name A package that is installed. */
export function versionOf(name: string, folder = '.'): string {
  const manifest = new URL(`../../${folder}/node_modules/${name}/package.json`, import.meta.url);
  // Safe: every package has one.
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
