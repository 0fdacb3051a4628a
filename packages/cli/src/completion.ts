import { optionsOf } from './arguments.ts';
import type { Invocation, Option } from './command.ts';
import { COMMANDS } from './commands.ts';
import { UsageError } from './failures.ts';
import type { Io } from './io.ts';

/** `faceverify completion`: a script for a shell, made from the table of commands. */
export async function run({ positionals }: Invocation, io: Io): Promise<number> {
  const [shell = ''] = positionals;
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined) throw new UsageError(`The shell must be one of ${Object.keys(SCRIPTS).join(', ')}.`);
  io.out.write(script());
  return 0;
}

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly (readonly [name: string, option: Option])[];
  /** What it takes besides options; files if it is not said. */
  readonly words: readonly string[];
  readonly takesFile: boolean;
}

const completed = (): Completed[] =>
  Object.entries(COMMANDS).map(([name, command]) => ({
    name,
    summary: command.summary,
    options: Object.entries(optionsOf(command)),
    words: command.words ?? [],
    takesFile: command.words === undefined && command.positionals[1] > 0,
  }));

const names = (): string =>
  completed()
    .map(({ name }) => name)
    .join(' ');

/** Every option whose value is a file. */
const fileOptions = (): string[] => [
  ...new Set(
    completed().flatMap(({ options }) =>
      options.filter(([, { completes }]) => completes === 'file').map(([name]) => `--${name}`),
    ),
  ),
];

const SCRIPTS: Readonly<Record<string, () => string>> = {
  bash: () => `# faceverify completion bash >> ~/.bashrc
_faceverify() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${names()} --help --version"
  else
    case "$previous" in ${fileOptions().join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;; esac
    case "\${COMP_WORDS[1]}" in
${completed()
  .map(
    ({ name, options, words, takesFile }) =>
      `      ${name}) words="${[...options.map(([option]) => `--${option}`), ...words].join(' ')}"${takesFile ? ' files=1' : ''} ;;`,
  )
  .join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$files" ] && [ "\${current#-}" = "$current" ]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _faceverify faceverify
`,
  zsh: () => `#compdef faceverify
# faceverify completion zsh > "\${fpath[1]}/_faceverify"
_faceverify() {
  local -a commands
  commands=(${completed()
    .map(({ name, summary }) => `'${name}:${summary}'`)
    .join(' ')})
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  case "\${words[2]}" in
${completed()
  .map(({ name, options, words, takesFile }) => {
    const specs = options.map(
      ([option, { help, value, completes }]) =>
        `'--${option}[${help}]${value === undefined ? '' : `:${value}:${completes === 'file' ? '_files' : ''}`}'`,
    );
    const rest = takesFile ? ["'*:file:_files'"] : words.length > 0 ? [`'*:word:(${words.join(' ')})'`] : [];
    return `    ${name}) _arguments -s '1:command:' ${[...specs, ...rest].join(' ')} ;;`;
  })
  .join('\n')}
  esac
}
if [ "\${funcstack[1]}" = "_faceverify" ]; then _faceverify "$@"; else compdef _faceverify faceverify; fi
`,
  fish: () => `# faceverify completion fish > ~/.config/fish/completions/faceverify.fish
complete -c faceverify -f
${completed()
  .flatMap(({ name, summary, options, words, takesFile }) => {
    const seen = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c faceverify -n __fish_use_subcommand -a ${name} -d '${summary}'`,
      ...(takesFile ? [`complete -c faceverify ${seen} -F`] : []),
      ...(words.length > 0 ? [`complete -c faceverify ${seen} -a '${words.join(' ')}'`] : []),
      ...options.map(
        ([option, { help, value, completes }]) =>
          `complete -c faceverify ${seen} -l ${option} -d '${help.replaceAll("'", "\\'")}'${value === undefined ? '' : completes === 'file' ? ' -r -F' : ' -x'}`,
      ),
    ];
  })
  .join('\n')}
`,
};
