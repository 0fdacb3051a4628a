import { optionsOf } from './arguments.ts';
import type { Command } from './command.ts';
import { type Io, paint } from './io.ts';

/** How the user starts this program: nobody owns its name on npm, so `npx` needs the package's. */
export function commandName(env: Io['env']): string {
  return env['npm_command'] === 'exec' ? 'npx @faceverify/cli' : 'faceverify';
}

export function helpOfAll(commands: Readonly<Record<string, Command>>, io: Io): string {
  const self = commandName(io.env);
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return `${title('Usage', io)} ${self} COMMAND [OPTIONS]

${title('Commands', io)}
${columns(rows)}

For one of them: ${self} COMMAND --help
Keys are read from FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY. The secret key is never an argument.
`;
}

export function helpOf(name: string, command: Command, io: Io): string {
  const self = commandName(io.env);
  const rows = Object.entries(optionsOf(command)).map(
    ([option, { value, help }]) => [`--${option}${value === undefined ? '' : ` ${value}`}`, help] as const,
  );
  const { summary, usage, details, examples } = command;
  return `${title('Usage', io)} ${`${self} ${name} ${usage}`.trim()} [OPTIONS]

${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${details === undefined ? '' : `\n\n${details}`}

${title('Options', io)}
${columns(rows)}

${title('Examples', io)}
${examples.map((example) => `  ${self} ${example}`).join('\n')}
`;
}

function title(text: string, { out }: Io): string {
  return paint(out, 'bold', `${text}:`);
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
