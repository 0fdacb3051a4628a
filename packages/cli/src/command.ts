import type { Io } from './io.ts';

/** An option of a command. */
export interface Option {
  /** `string`: it takes a value. */
  readonly type: 'string' | 'boolean';
  /** How its value is called in the help. */
  readonly value?: string;
  readonly help: string;
  /** What its value can be, for completion. */
  readonly completes?: 'file';
}

/** A command. Its code is loaded when it runs. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows its name. */
  readonly usage: string;
  /** Further lines of its help. */
  readonly details?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  /** How many words it takes besides options, from and to. */
  readonly positionals: readonly [min: number, max: number];
  /** Words that it takes, for completion; files by default. */
  readonly words?: readonly string[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** Runs a command, and resolves to its exit status. */
export type Run = (invocation: Invocation, io: Io) => Promise<number>;

/** The arguments of a command after their check. */
export interface Invocation {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}
