import { parseArgs } from 'node:util';
import type { Command, Invocation, Option } from './command.ts';
import { isCurl } from './explain/curl-name.ts';
import { UsageError } from './failures.ts';

const HELP: Option = { type: 'boolean', help: 'show this text' };

/** The options of a command with those that every command has. */
export function optionsOf({ options }: Command): Readonly<Record<string, Option>> {
  return { ...options, help: HELP };
}

/** What may be meant as an option for the secret key. */
const SECRET_OPTION = /^-{1,2}(?:secret|key|password|hmac|token|s(?=\b|$))/i;

/** Reads the arguments of a command. No message quotes one: it may be a key. */
export function readArguments(command: Command, args: readonly string[]): Invocation {
  // The options after the name of curl are curl's.
  const curlAt = command.positionals[1] === Number.POSITIVE_INFINITY ? args.findIndex(isCurl) : -1;
  const own = curlAt === -1 ? args : args.slice(0, curlAt);
  const options = optionsOf(command);
  const { tokens } = parseArgs({
    args: [...own],
    options: {
      ...Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }])),
      h: { type: 'boolean' },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.name === 'h' ? 'help' : token.name;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw unknownOption(token.rawName, options);
    if (option.type === 'boolean' && token.value !== undefined) throw new UsageError(`--${name} takes no value.`);
    if (option.type === 'string' && (token.value === undefined || (!token.inlineValue && /^-./.test(token.value)))) {
      throw new UsageError(`--${name} needs a value: --${name} ${option.value}`);
    }
    values[name] = token.value ?? true;
  }
  const all = curlAt === -1 ? positionals : [...positionals, ...args.slice(curlAt)];
  const [min, max] = command.positionals;
  if (values['help'] !== true && (all.length < min || all.length > max)) {
    throw new UsageError(
      all.length < min ? `It needs ${command.usage.split(' [')[0]}.` : 'There are too many arguments.',
    );
  }
  return { values, positionals: all };
}

function unknownOption(rawName: string, options: Readonly<Record<string, Option>>): UsageError {
  if (SECRET_OPTION.test(rawName)) {
    return new UsageError(
      'The secret key is never an argument: the shell would keep it in its history, and other users could see it. ' +
        'Set FACEVERIFY_SECRET_KEY, or leave it out and type it when you are asked.',
    );
  }
  const shown = /^--[a-z-]{1,20}$/.test(rawName) ? ` ${rawName}` : '';
  const known = Object.keys(options).map((name) => `--${name}`);
  return new UsageError(`There is no option${shown}. The options are: ${known.join(', ')}.`);
}
