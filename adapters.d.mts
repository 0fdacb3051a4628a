/** One adapter, for the tools that treat all of them alike. */
export interface Adapter {
  /** Its folder below packages/; the package is `@faceverify/<folder>`. */
  readonly folder: string;
  /** The framework's name, as the README's table has it. */
  readonly title: string;
  /** The framework's npm package; left out, the adapter needs none. */
  readonly framework?: string;
  /** Where the contract runs. `workers` needs `test/contract-worker.ts` in the folder. */
  readonly runtimes: readonly ('node' | 'workers')[];
  /** The devDependencies that hold the framework, one for each major version, oldest first. */
  readonly installed: readonly string[];
  /** What an app with the newest version installs. */
  readonly newest: Readonly<Record<string, string>>;
  /** The same with the lowest version that the peer dependency allows. */
  readonly oldest: Readonly<Record<string, string>>;
  /** `false`: it has no `faceVerify()`, and the contract leaves out what that promises. */
  readonly hasMiddleware?: false;
  /** What its entry exports besides the names that all adapters share. */
  readonly furtherExports: readonly string[];
}

export const ADAPTERS: readonly Adapter[];
