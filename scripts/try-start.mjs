// Does with `npm start` what its reader does: opens the one address that it prints, signs in, and
// creates a session by the page's script and by its form.  node scripts/try-start.mjs [FOLDER]
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const cwd = process.argv[2] ?? process.cwd();
const { FACEVERIFY_API_KEY: _key, FACEVERIFY_SECRET_KEY: _secret, ...env } = process.env;
// A group of its own, to end npm and what it has started.
const child = spawn('npm', ['start'], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
let printed = '';
child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
process.once('exit', stop);
process.once('SIGTERM', () => process.exit(1));
const ended = new Promise((resolve) => child.on('close', resolve));

try {
  const address = await Promise.race([firstAddress(), ended, wait(120_000, undefined, { ref: false })]);
  assert.equal(typeof address, 'string', `npm start printed no address:\n${printed}`);
  assert.equal((await fetch(address)).status, 200);

  const signedIn = await fetch(`${address}/sign-in/ada`, { method: 'POST', redirect: 'manual' });
  const cookie = signedIn.headers.getSetCookie().map((each) => each.split(';')[0]);
  const headers = { cookie: cookie.join('; '), accept: 'application/json' };
  const answer = await fetch(`${address}/face-verify/session`, { method: 'POST', headers });
  assert.equal(answer.status, 200);
  const session = await answer.json();
  const byForm = await fetch(`${address}/kyc`, { method: 'POST', headers, redirect: 'manual' });
  assert.deepEqual(
    [byForm.status, byForm.headers.get('location')],
    [303, session.url],
    'the same link for the same person',
  );
  assert.equal((await fetch(session.url)).status, 200, 'the link leads to a page');
  console.log(`npm start: ${address} creates sessions, by JSON and by redirect.`);
} finally {
  stop();
  await ended;
}

function stop() {
  if (child.exitCode === null && child.signalCode === null) process.kill(-Number(child.pid), 'SIGTERM');
}

async function firstAddress() {
  for (;;) {
    const address = /http:\/\/\S+/.exec(printed)?.[0];
    if (address !== undefined) return address;
    await wait(50);
  }
}
