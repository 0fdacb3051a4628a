// Installs the packed command in an empty project, and uses it as people do, on every supported version of Node:
// `npm run test:cli`. Prints a line for each thing that was tried. The terminals are real pseudo-terminals.
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packPublished, ROOT } from '../../scripts/lib/published.mjs';

const run = promisify(execFile);
const TERMINAL = fileURLToPath(new URL('terminal.py', import.meta.url));
const SECRET = 'a-secret-key-that-nobody-may-see';
const API_KEY = 'an-api-key-of-mine';
const ESCAPE = '\u001b[';

/** Signed with the right keys, but with a charset that was not sent. */
const CURL = curlWith('application/json; charset=utf-8');
const RIGHT = curlWith('application/json');

const home = mkdtempSync(join(tmpdir(), 'faceverify-cli-'));
let passed = 0;
let failed = 0;

try {
  const tarballs = (await packPublished(home)).filter(({ folder }) => ['core', 'emulator', 'cli'].includes(folder));
  const project = join(home, 'project');
  await run('npm', [
    'install',
    '--prefix',
    project,
    '--silent',
    '--no-audit',
    '--no-fund',
    ...tarballs.map(({ tarball }) => tarball),
  ]);
  writeFileSync(join(home, 'request.txt'), CURL);
  writeFileSync(join(home, 'right.txt'), RIGHT);

  const binaries = ['node22', 'node24', 'node26'].map((name) =>
    join(ROOT, 'runtimes', 'node_modules', name, 'bin', 'node'),
  );
  for (const node of [process.execPath, ...binaries]) {
    if (!existsSync(node)) throw new Error(`${node} is missing; it can be installed on Linux x64 only.`);
    console.log(`\nNode ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
    await tryCommand(commandOn(node, join(project, 'node_modules', '@faceverify', 'cli', 'dist', 'bin.js')));
  }
  console.log('\nnpx');
  await check('runs the tarball', () => tryNpx(tarballs));
} finally {
  rmSync(home, { recursive: true });
}
console.log(`\ncli: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function check(what, action) {
  try {
    await action();
    passed++;
    console.log(`  ok      ${what}`);
  } catch (error) {
    failed++;
    console.log(`  FAILED  ${what}\n${error.message}`);
  }
}

async function tryCommand(faceverify) {
  const secretInEnvironment = { FACEVERIFY_SECRET_KEY: SECRET };

  await check('says its version and its commands', async () => {
    assert.match((await faceverify.run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
    for (const name of ['explain', 'sign', 'session', 'doctor', 'emulator', 'completion']) {
      assert.match((await faceverify.run([name, '--help'])).stdout, /Examples:\n {2}faceverify /);
    }
  });

  await check('names the mistake, without a terminal: no colours, status 1', async () => {
    const { status, stdout } = await faceverify.run(['explain', 'request.txt'], { env: secretInEnvironment });
    assert.equal(status, 1);
    assert.match(stdout, /content_type/);
    assert.ok(!stdout.includes(ESCAPE) && !stdout.includes(SECRET));
    const right = await faceverify.run(['explain', '-'], { env: secretInEnvironment, input: RIGHT });
    assert.deepEqual([right.status, right.stderr], [0, '']);
  });

  await check('without a terminal to ask at: a sentence, status 2', async () => {
    const { status, stdout, stderr } = await faceverify.run(['explain', 'request.txt']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /Set FACEVERIFY_SECRET_KEY/);
  });

  await check('asks for the secret at a terminal, and does not show it', async () => {
    const { status, shown, echo } = await faceverify.inTerminal(
      ['explain', 'request.txt'],
      [['Secret key', `${SECRET}\r`]],
    );
    assert.equal(status, 1);
    assert.ok(shown.includes('content_type') && shown.includes(ESCAPE), shown);
    assert.ok(!shown.includes(SECRET) && !shown.includes(SECRET.slice(0, 5)), 'the secret was shown');
    assert.equal(echo, true, 'the terminal no longer shows what is typed');
  });

  await check('NO_COLOR: no colours at a terminal', async () => {
    const env = { ...secretInEnvironment, NO_COLOR: '1' };
    const { shown } = await faceverify.inTerminal(['explain', 'request.txt'], [], env);
    assert.ok(shown.includes('content_type') && !shown.includes(ESCAPE), shown);
  });

  await check('takes a command that is pasted, then the secret', async () => {
    const steps = [
      ['Ctrl-D.', `${CURL}\n\u0004`],
      ['Secret key', `${SECRET}\r`],
    ];
    const { status, shown } = await faceverify.inTerminal(['explain'], steps);
    assert.equal(status, 1, shown);
    assert.ok(shown.includes('content_type') && !shown.includes(SECRET), shown);
  });

  await check('takes a command from a pipe, and asks at the terminal', async () => {
    const line = `cat request.txt | "${faceverify.node}" "${faceverify.script}" explain | cat`;
    const { shown } = await inTerminal(['sh', '-c', line], [['Secret key', `${SECRET}\r`]]);
    assert.ok(shown.includes('content_type') && !shown.includes(SECRET), shown);
    assert.ok(!shown.includes(ESCAPE), 'colours in a pipe');
  });

  await check('Ctrl-C at the question ends it with status 130, and leaves the terminal as it was', async () => {
    const { status, shown, echo } = await faceverify.inTerminal(
      ['explain', 'request.txt'],
      [['Secret key', 'half-of-a-key\u0003']],
    );
    assert.equal(status, 130, shown);
    assert.ok(!shown.includes('half-of'), shown);
    assert.equal(echo, true);
  });

  await check('a secret as an argument is refused, and not shown', async () => {
    const { status, stderr, stdout } = await faceverify.run(['explain', '--secret-key', SECRET, 'request.txt']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /never an argument/);
    assert.ok(!stderr.includes(SECRET));
  });

  await check('a reader that has seen enough is no error', async () => {
    const line = `"${faceverify.node}" "${faceverify.script}" explain right.txt | head -n 1`;
    const { stdout, stderr } = await spawned('sh', ['-c', line], { env: secretInEnvironment });
    assert.deepEqual([stdout, stderr], ['The signature is right.\n', '']);
  });

  await check('the doctor goes through a proxy where Node does', () => tryProxy(faceverify));

  await check('emulator, session, doctor and doctor --live, from a start to Ctrl-C', () => tryEmulator(faceverify));
}

/** A proxy that answers for a server that only it can reach. */
async function tryProxy(faceverify) {
  const proxy = createServer((_request, response) => response.end());
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const env = {
    FACEVERIFY_API_KEY: API_KEY,
    FACEVERIFY_SECRET_KEY: SECRET,
    FACEVERIFY_BASE_URL: 'http://127.0.0.1:1',
    HTTP_PROXY: `http://127.0.0.1:${proxy.address().port}`,
    NODE_USE_ENV_PROXY: '1',
  };
  const { status, stdout } = await faceverify.run(['doctor', '--json'], { env });
  proxy.close();
  const { checks } = JSON.parse(stdout);
  const statusOf = (name) => checks.find((each) => each.name === name)?.status;
  const major = Number(spawnSync(faceverify.node, ['--version'], { encoding: 'utf8' }).stdout.match(/\d+/)[0]);
  if (major >= 24) assert.deepEqual([status, statusOf('proxy'), statusOf('http')], [0, 'ok', 'ok'], stdout);
  else assert.deepEqual([status, statusOf('proxy'), statusOf('tcp')], [1, 'note', 'problem'], stdout);
}

async function tryEmulator(faceverify) {
  const emulator = spawn(faceverify.node, [faceverify.script, 'emulator', '--port', '0'], {
    cwd: home,
    env: environment(),
  });
  const ended = new Promise((resolve) => emulator.once('exit', resolve));
  try {
    const env = await new Promise((resolve, reject) => {
      let text = '';
      emulator.stdout.setEncoding('utf8').on('data', (piece) => {
        text += piece;
        const variables = Object.fromEntries(
          [...text.matchAll(/export (\w+)=(\S+)\n/g)].map(([, name, value]) => [name, value]),
        );
        if (variables.FACEVERIFY_SECRET_KEY !== undefined) resolve(variables);
      });
      emulator.once('exit', () => reject(new Error(`The emulator ended: ${text}`)));
    });
    const { stdout, status } = await faceverify.run(['session', '--id', 'user123'], { env });
    assert.equal(status, 0);
    assert.ok(stdout.startsWith(`${env.FACEVERIFY_BASE_URL}/new/`), stdout);
    const code = await faceverify.inTerminal(['session', '--id', 'user123'], [], env);
    assert.match(code.shown, /▀/);
    const doctor = await faceverify.run(['doctor'], { env });
    assert.equal(doctor.status, 0, doctor.stdout);
    const live = await faceverify.inTerminal(['doctor', '--live'], [['Type yes', 'yes\r']], env);
    assert.equal(live.status, 0, live.shown);
    assert.match(live.shown, /No assumption is wrong/);
  } finally {
    emulator.kill('SIGINT');
  }
  assert.equal(await ended, 0);
}

async function tryNpx(tarballs) {
  const packages = tarballs.flatMap(({ tarball }) => ['--package', tarball]);
  const cache = join(home, 'npx-cache');
  const args = ['--yes', '--silent', '--cache', cache, ...packages, 'faceverify', 'explain', 'request.txt'];
  const { status, stdout } = await spawned('npx', args, { env: { FACEVERIFY_SECRET_KEY: SECRET } });
  assert.equal(status, 1);
  assert.match(stdout, /content_type/);
  const help = await spawned('npx', [...args.slice(0, -2), '--help']);
  assert.match(help.stdout, /For one of them: npx @faceverify\/cli COMMAND --help/);
}

/** The installed command, on one version of Node: without a terminal, and in one. */
function commandOn(node, script) {
  return {
    node,
    script,
    run: (args, options) => spawned(node, [script, ...args], options),
    inTerminal: (args, steps, env) => inTerminal([node, script, ...args], steps, env),
  };
}

/** Runs a command in a session of its own, which has no terminal. */
function spawned(file, args, { env, input = '' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: home, env: environment(env), detached: true });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
    }
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...output }));
    child.stdin.on('error', () => undefined).end(input); // It may not read it.
  });
}

/** Runs a command in a pseudo-terminal, and types what each step says once the terminal shows its text. */
async function inTerminal(argv, steps, env) {
  const task = JSON.stringify({ argv, steps, env: { ...environment(env), TERM: 'xterm-256color' } });
  const { stdout, stderr } = await spawned('python3', [TERMINAL], { input: task });
  if (stdout === '') throw new Error(stderr);
  const result = JSON.parse(stdout);
  if (result.error !== undefined) throw new Error(`${result.error}: ${result.shown}`);
  assert.deepEqual(result.left, [], `The terminal never asked: ${result.shown}`);
  return result;
}

/** Without the variables of FaceVerify, of colours and of npm that are set here. */
function environment(more = {}) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:CI$|FACEVERIFY_|NO_COLOR|FORCE_COLOR|npm_)/i.test(name),
  );
  return { ...Object.fromEntries(own), PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...more };
}

function curlWith(signedType) {
  const body = '{"uniqueIdentifier":"user123"}';
  const text = ['POST', '/api/v1/session', '', API_KEY, signedType, body].join('\n');
  const signature = createHmac('sha256', SECRET).update(text).digest('hex');
  const headers = ['content-type: application/json', `x-auth-client: ${API_KEY}`, `x-hmac-signature: ${signature}`];
  const lines = headers.map((header) => `  -H '${header}' \\\n`).join('');
  return `curl 'https://start.faceverify.ai/api/v1/session' \\\n${lines}  --data-raw '${body}'\n`;
}
