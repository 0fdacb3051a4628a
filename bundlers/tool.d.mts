/** Where a bundle runs. A bundle for browsers must not: it throws the reason. */
export type Target = 'node' | 'workers' | 'bun' | 'browser';

export interface Output {
  readonly target: Target;
  readonly format: 'cjs' | 'esm' | 'executable';
}

/** One bundler. */
export interface Tool {
  /** Its name in the table of compatibility. */
  readonly title: string;
  /** Its npm package. */
  readonly name: string;
  /** What it is asked for. */
  readonly outputs: readonly Output[];
  /** Whether it never prints a warning. */
  readonly hidesWarnings?: boolean;
  /** Bundles `entry` of `project` into `folder`, with nothing left outside but what the target has. */
  bundle(
    options: Output & { readonly entry: string; readonly project: string; readonly folder: string },
  ): Promise<{ readonly file: string; readonly warnings: readonly string[] }>;
}
