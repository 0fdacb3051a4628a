import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { CLI } from '../lib/paths.mjs';
import { interleave, summaryOf } from '../lib/rounds.mjs';
import { summary } from '../lib/stats.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const REPORT = new URL('../lib/report-cpu.mjs', import.meta.url).href;
const BARE = 'bare Node';
const SECRET = 'a-secret-key-to-measure-with';

/** A command of the terminal, from its start to its end. Each is 0 or 1: nothing must have failed to run. */
const CASES = {
  [BARE]: [path('../lib/nothing.mjs')],
  'faceverify --help': [CLI, '--help'],
  'faceverify explain': [CLI, 'explain', '-'],
  'faceverify sign': [CLI, 'sign', 'POST', 'https://start.faceverify.ai/api/v1/session', '--body', '-'],
  'faceverify emulator --help': [CLI, 'emulator', '--help'],
};

/** CPU of the whole process: starting Node is most of it. */
export async function run({ quick }) {
  const measures = Object.fromEntries(Object.entries(CASES).map(([name, args]) => [name, () => measure(args)]));
  const samples = await interleave(measures, quick ? 5 : 31);
  const more = (name) => summary(samples[name].map(({ cpuMs }, round) => cpuMs - samples[BARE][round].cpuMs));
  const commands = Object.keys(CASES).filter((name) => name !== BARE);
  return {
    rows: Object.keys(CASES).map((name) => ({
      label: name,
      cpuMs: summaryOf(samples[name], 'cpuMs'),
      ms: summaryOf(samples[name], 'ms'),
    })),
    bars: commands.map((name) => ({
      figure: `${name}, more than ${BARE}`,
      value: more(name),
      unit: 'ms of CPU',
      bar: 150,
    })),
  };
}

async function measure(args) {
  const env = { ...process.env, FACEVERIFY_API_KEY: 'an-api-key', FACEVERIFY_SECRET_KEY: SECRET };
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT, ...args], {
    env,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end(refused()); // Not every command reads it.
  const status = new Promise((resolve) => child.once('close', resolve));
  const [cpuMs, problem] = await Promise.all([text(child.stdio[3]), text(child.stderr)]);
  if ((await status) > 1) throw new Error(`${args.join(' ')}: ${problem}`);
  return { cpuMs: Number(cpuMs), ms: performance.now() - began };
}

/** Signed with a charset that was not sent: one of the usual mistakes. */
function refused() {
  const body = '{"uniqueIdentifier":"user123"}';
  const signed = ['POST', '/api/v1/session', '', 'an-api-key', 'application/json; charset=utf-8', body].join('\n');
  const signature = createHmac('sha256', SECRET).update(signed).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-auth-client': 'an-api-key', 'x-hmac-signature': signature };
  const lines = Object.entries(headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  return `curl https://start.faceverify.ai/api/v1/session${lines.join('')} --data-raw '${body}'`;
}
