import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { CommandFailure, UsageError } from './failures.ts';
import { commandName, helpOf, helpOfAll } from './help.ts';
import { type Io, paint } from './io.ts';
import { version } from './version.ts';

/** Runs `faceverify` with these arguments, and resolves to its exit status. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  const self = commandName(io.env);
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') return showHelp(name, rest, io);
    if (name === '--version' || name === '-v') {
      io.out.write(`${version()}\n`);
      return 0;
    }
    const command = commandNamed(name, self);
    const invocation = readArguments(command, rest);
    if (invocation.values['help'] === true) {
      io.out.write(helpOf(name, command, io));
      return 0;
    }
    const { run } = await command.load();
    return await run(invocation, io);
  } catch (error) {
    return report(error, name, io);
  }
}

function showHelp(name: string | undefined, rest: readonly string[], io: Io): number {
  const [topic] = rest;
  if (topic === undefined) {
    const { write } = name === undefined ? io.err : io.out;
    write(helpOfAll(COMMANDS, io));
    return name === undefined ? 2 : 0;
  }
  io.out.write(helpOf(topic, commandNamed(topic, commandName(io.env)), io));
  return 0;
}

function commandNamed(name: string, self: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command;
  const near = Object.keys(COMMANDS).find((known) => known.startsWith(name.slice(0, 3).toLowerCase()));
  const hint = near === undefined ? `Type: ${self} --help` : `Did you mean: ${self} ${near}`;
  throw new UsageError(`There is no such command. ${hint}`);
}

/** What is no failure of a command is a mistake of this program; its text is not shown, since it may quote anything. */
function report(error: unknown, name: string | undefined, io: Io): number {
  const self = commandName(io.env);
  const known = error instanceof CommandFailure;
  const sentence = known
    ? inOwnName(error.message, self)
    : `This is a mistake of faceverify itself (${error instanceof Error ? error.name : typeof error}). Please report it, without your keys.`;
  io.err.write(`${paint(io.err, 'red', sentence)}\n`);
  const isUsage = error instanceof UsageError && name !== undefined && Object.hasOwn(COMMANDS, name);
  if (isUsage) io.err.write(`To see what it takes, type: ${self} ${name} --help\n`);
  return known ? error.exitCode : 70;
}

/** Messages name the command as it is installed. */
function inOwnName(message: string, self: string): string {
  return message.replace(/\bfaceverify (?=[a-z]+\b)/g, (words, at: number) =>
    Object.keys(COMMANDS).some((name) => message.startsWith(name, at + words.length)) ? `${self} ` : words,
  );
}
