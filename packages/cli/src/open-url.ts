import { spawn } from 'node:child_process';
import process from 'node:process';

/** Opens a link in the user's browser. If there is none, nothing happens: the link has been printed. */
export function openUrl(url: string): void {
  const [command, args] = OPENERS[process.platform] ?? ['xdg-open', []];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

const OPENERS: Readonly<Record<string, readonly [command: string, args: readonly string[]]>> = {
  darwin: ['open', []],
  win32: ['rundll32', ['url.dll,FileProtocolHandler']], // Not `start`, for which a shell would read the link.
};
