import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/commands.ts';
import { runCommand } from './support/run-command.ts';

const has = (shell: string): boolean => {
  const found = spawnSync(shell, ['--version']).error === undefined;
  if (!found) console.log(`The completion of ${shell} is not tried: it is not installed.`);
  return found;
};

async function scriptOf(shell: string): Promise<string> {
  const { exitCode, out } = await runCommand(['completion', shell]);
  expect(exitCode).toBe(0);
  return out;
}

describe.skipIf(!has('bash'))('bash', () => {
  /** What bash offers for these words, the last of which is being typed. */
  async function offered(...words: string[]): Promise<string[]> {
    const list = words.map((word) => `'${word}'`).join(' ');
    const script = `${await scriptOf('bash')}
      COMP_WORDS=(faceverify ${list}); COMP_CWORD=${words.length}; _faceverify; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    });
    expect(stderr).toBe('');
    return stdout.trim().split('\n');
  }

  test('offers commands, options, words and files', async () => {
    expect(await offered('')).toEqual([...Object.keys(COMMANDS), '--help', '--version']);
    expect(await offered('e')).toEqual(['explain', 'emulator']);
    expect(await offered('doctor', '--l')).toEqual(['--live']);
    expect(await offered('completion', 'z')).toEqual(['zsh']);
    expect(await offered('sign', 'POST', 'https://a.b', '--body', 'compl')).toEqual(['completion.test.ts']);
    expect(await offered('explain', 'compl')).toEqual(['completion.test.ts']);
  });
});

test.skipIf(!has('zsh'))('zsh', async () => {
  const script = await scriptOf('zsh');
  const { status, stderr } = spawnSync(
    'zsh',
    ['-f', '-c', `autoload -U compinit; compinit -D; ${script}; whence _faceverify`],
    { encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.skipIf(!has('fish'))('fish', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'faceverify-fish-'));
  const file = join(folder, 'faceverify.fish');
  writeFileSync(file, await scriptOf('fish'));
  const offered = (line: string): string[] => {
    const { stdout } = spawnSync('fish', ['-N', '-c', `source ${file}; complete -C '${line}'`], { encoding: 'utf8' });
    return stdout
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0] ?? '');
  };
  expect(offered('faceverify ').sort()).toEqual(Object.keys(COMMANDS).sort());
  expect(offered('faceverify doctor --l')).toEqual(['--live']);
  rmSync(folder, { recursive: true });
});

test('every script names every command and option', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = await scriptOf(shell);
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      expect(script).toContain(name);
      for (const option of Object.keys(options)) expect(script).toMatch(new RegExp(`(?:--|-l )${option}\\b`));
    }
  }
  expect(await runCommand(['completion', 'tcsh'])).toMatchObject({ exitCode: 2, out: '' });
});
