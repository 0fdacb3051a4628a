import type { Replacements } from './run.ts';
import type { Snippet } from './snippet.ts';

/** One way to run a snippet: with one of the major versions that it is meant for. */
export interface Variant {
  readonly title: string;
  readonly replacements: Replacements;
}

const VARIANTS: Readonly<Record<string, readonly Variant[]>> = {
  express: [
    { title: 'Express 5', replacements: {} },
    { title: 'Express 4', replacements: { express: 'express4' } },
  ],
  koa: [
    { title: 'Koa 3', replacements: {} },
    { title: 'Koa 2', replacements: { koa: 'koa2' } },
  ],
};

/** How often, and with what, a snippet is run. */
export function variantsOf({ surroundings, code }: Snippet): readonly Variant[] {
  const framework = surroundings ?? /from '(express|koa)'/.exec(code)?.[1] ?? '';
  return VARIANTS[framework] ?? [{ title: '', replacements: {} }];
}
