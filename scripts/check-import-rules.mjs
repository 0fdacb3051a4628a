// Proves that every rule of .dependency-cruiser.cjs, and the linter's one against cycles, notices
// when it is broken: breaks each one in a copy of the sources, and expects to hear of that file.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const CORE = 'packages/core/src';
const BREACHES = [
  ['only-platform-node-names-node', `${CORE}/request-sender.ts`, "import 'node:http';"],
  ['only-platform-node-names-node', `${CORE}/platform/web.ts`, "import type { Agent } from 'node:http';"],
  ['only-platform-node-names-node', 'packages/express/src/middleware.ts', "import 'node:http';"],
  ['parts-of-platform-node-are-its-own', `${CORE}/platform/web.ts`, "import './node-http.ts';"],
  ['core-stands-alone', `${CORE}/adapter/session-route.ts`, "import 'express';"],
  ['core-stands-alone', `${CORE}/index.ts`, "export { faceVerify } from '@faceverify/hono';"],
  ['few-files-name-the-platform', `${CORE}/request-sender.ts`, "import { createTransport } from '#platform';"],
  ['few-files-name-the-platform', `${CORE}/options.ts`, "import './platform/fetch.ts';"],
  ['signing-stands-on-the-ground', `${CORE}/signing.ts`, "import { createFaceVerify } from './client.ts';"],
  ['signing-stands-on-the-ground', `${CORE}/request-target.ts`, "import './options.ts';"],
  ['the-ground-imports-nothing', `${CORE}/errors.ts`, "import type { Session } from './session.ts';"],
  ['the-ground-imports-nothing', `${CORE}/headers.ts`, "import './errors.ts';"],
  ['validation-uses-errors-only', `${CORE}/validation.ts`, "import './headers.ts';"],
  ['entries-stand-apart', `${CORE}/index.ts`, "export { MISTAKES } from './diagnose/mistakes.ts';"],
  ['entries-stand-apart', `${CORE}/client.ts`, "import './adapter/same-origin.ts';"],
  ['sender-knows-no-sessions', `${CORE}/request-sender.ts`, "import type { Session } from './session.ts';"],
  ['route-knows-the-client-by-type', `${CORE}/adapter/session-route.ts`, "import { isClient } from '../client.ts';"],
  ['adapter-imports-core-and-framework', 'packages/express/src/handler.ts', "import '@faceverify/koa';"],
  ['adapter-imports-core-and-framework', 'packages/koa/src/handler.ts', "import '../../core/src/client.ts';"],
  ['adapter-imports-core-and-framework', 'packages/hono/src/handler.ts', "import 'express';"],
  ['cli-imports-entries-and-emulator', 'packages/cli/src/sign.ts', "import '@faceverify/koa';"],
  ['cli-imports-entries-and-emulator', 'packages/cli/src/keys.ts', "import '../../core/src/keys.ts';"],
  ['published-code-stands-alone', 'packages/emulator/src/index.ts', "import '../../../test/support/listen.ts';"],
  ['tests-use-what-users-use', 'test/support/serve.ts', "import '../../packages/core/src/client.ts';"],
  ['no-orphans', `${CORE}/left-over.ts`, 'export const leftOver = 1;'],
  ['nothing-unresolvable', 'packages/koa/src/middleware.ts', "import '@faceverify/core/dist/client.js';"],
];

const CYCLE = [`${CORE}/platform/platform.ts`, "import './web.ts';"];

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'import-rules-'));
try {
  for (const path of [
    'packages',
    'test',
    'tsconfig.json',
    'tsconfig.base.json',
    '.dependency-cruiser.cjs',
    '.oxlintrc.json',
  ]) {
    const filter = (source) =>
      !['node_modules', 'dist'].includes(basename(source)) && !/packages\/\w+\/test$/.test(source);
    cpSync(join(root, path), join(copy, path), { recursive: true, filter });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  check();
} finally {
  rmSync(copy, { recursive: true });
}

function check() {
  const before = violations();
  const cyclesBefore = cycles();
  for (const [, file, line] of BREACHES) append(join(copy, file), line);
  const after = violations();
  append(join(copy, CYCLE[0]), CYCLE[1]);
  const cyclesAfter = cycles();

  const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs').forbidden.map(({ name }) => name);
  const problems = [
    ...before.map(({ rule, from, to }) => `${rule.name} is broken already: ${from} imports ${to}`),
    ...rules
      .filter((name) => !BREACHES.some(([rule]) => rule === name))
      .map((name) => `${name} has no case in BREACHES`),
    ...BREACHES.filter(([name, file]) => !after.some(({ rule, from }) => rule.name === name && from === file)).map(
      ([name, file, line]) => `${name} does not notice ${line} in ${file}`,
    ),
    ...cyclesBefore.map((file) => `There is a cycle already through ${file}`),
    ...(cyclesAfter.includes(CYCLE[0]) ? [] : [`The linter does not notice ${CYCLE[1]} in ${CYCLE[0]}`]),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${rules.length + 1} import rules noticed ${BREACHES.length + 1} breaches.`);
}

function violations() {
  return run('depcruise', ['--output-type', 'json', 'packages', 'test']).summary.violations;
}

function cycles() {
  const { diagnostics } = run('oxlint', ['--format', 'json', 'packages']);
  return diagnostics.filter(({ code }) => code === 'import(no-cycle)').map(({ filename }) => filename);
}

function run(tool, args) {
  const command = join(root, 'node_modules', '.bin', tool);
  const { stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (stdout === '') throw new Error(`${tool} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function append(file, line) {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // A new file.
  }
  writeFileSync(file, `${text}\n${line}\n`);
}
