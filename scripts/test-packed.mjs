// Installs the packed packages in empty projects, outside this one, and uses them as apps would:
// `npm run test:packed`. Prints a line for each thing that was tried.
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { ADAPTERS } from '../adapters.mjs';
import { packPublished, ROOT } from './lib/published.mjs';

const run = promisify(execFile);
const home = mkdtempSync(join(tmpdir(), 'packed-'));
const packed = await packPublished(home);
const tarballOf = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
const EXPLAIN = {
  import: "import { explainSignature } from '@faceverify/core/diagnose';",
  require: "const { explainSignature } = require('@faceverify/core/diagnose');",
};
const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  esModuleInterop: true,
  target: 'es2022',
  lib: ['es2022'],
  types: ['node'],
};
const NODE10 = { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' };
const TYPESCRIPT_SETTINGS = [
  { title: 'node10, as classic CommonJS apps have', extension: 'ts', options: NODE10 },
  { title: 'node16, from CommonJS', extension: 'cts', options: { module: 'node16' } },
  { title: 'node16, from ESM', extension: 'mts', options: { module: 'node16' } },
  { title: 'nodenext, from CommonJS', extension: 'cts', options: { module: 'nodenext' } },
  { title: 'nodenext, from ESM', extension: 'mts', options: { module: 'nodenext' } },
  { title: 'bundler', extension: 'ts', options: { module: 'esnext', moduleResolution: 'bundler' } },
];

/** The TypeScript apps of the fixtures, without their extension. */
const APPS = ['app', ...ADAPTERS.map(({ folder }) => folder)];

let passed = 0;
let failed = 0;

try {
  await inspectTarballs();
  await check('no file for the web or for browsers needs Node', inspectPlatforms);

  const newest = await install('newest frameworks', {
    ...tarballOf,
    ...Object.assign({}, ...ADAPTERS.map(({ newest: dependencies }) => dependencies)),
    '@types/node': '^20.19.0',
    'old-typescript': 'npm:typescript@~5.0.0',
  });
  await runFixtures(newest);
  await check('the command faceverify-emulator', () => runCommand(newest));
  await typeCheck(newest);
  await check('TypeScript 5.0 understands the declarations', () =>
    compile(
      newest.folder,
      'tsconfig.old.json',
      APPS.map((name) => `${name}.mts`),
      { module: 'node16', noEmit: true },
      join(newest.folder, 'node_modules', 'old-typescript'),
    ),
  );
  await check('TypeScript, built as CommonJS for node10, runs', () => buildAndRun(newest));
  await bundleFor(newest);

  // The lowest versions that the peer dependencies allow.
  const oldest = await install('oldest frameworks', {
    ...tarballOf,
    ...Object.assign({}, ...ADAPTERS.map(({ oldest: dependencies }) => dependencies)),
    '@types/node': '^20.19.0',
  });
  await runFixtures(oldest);
  await typeCheck(oldest);

  const alone = await install('the core alone', { '@faceverify/core': tarballOf['@faceverify/core'] });
  await check('brings nothing along', () => {
    const found = readdirSync(join(alone.folder, 'node_modules'), { recursive: true })
      .filter((path) => path.endsWith('package.json'))
      .join();
    if (found !== join('@faceverify', 'core', 'package.json')) throw new Error(`found ${found}`);
  });

  // As package managers do that hide what an app does not name: here the adapter's core.
  const isolated = await install(
    'isolated packages',
    {
      '@faceverify/express': tarballOf['@faceverify/express'],
      express: '^5.0.0',
      '@types/express': '^5.0.0',
      '@types/node': '^20.19.0',
    },
    { strategy: 'linked', overrides: { '@faceverify/core': tarballOf['@faceverify/core'] } },
  );
  await tryIsolated(isolated);
} finally {
  rmSync(home, { recursive: true });
}
console.log(`\npackages: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function check(what, action) {
  const began = performance.now();
  try {
    await action();
    passed++;
    console.log(`  ok      ${what} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`  FAILED  ${what}\n${[error.message, error.stdout, error.stderr].filter(Boolean).join('\n')}`);
  }
}

async function inspectTarballs() {
  console.log('tarballs');
  const licence = readFileSync(join(ROOT, 'LICENSE'), 'utf8');
  for (const { name, folder, files } of packed) {
    await check(`${name} holds dist, README.md, LICENSE and package.json, and what the latter names`, () => {
      const others = files.filter(
        (file) => !/^(dist\/.+\.(js|cjs|d\.ts|d\.cts)|README\.md|LICENSE|package\.json)$/.test(file),
      );
      if (others.length > 0) throw new Error(`further files: ${others.join(', ')}`);
      const text = readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8');
      const named = [...text.matchAll(/"\.\/([^"*]+\.\w+)"/g)].map(([, path]) => path);
      const missing = ['README.md', 'LICENSE', ...named].filter((path) => !files.includes(path));
      if (missing.length > 0) throw new Error(`missing files: ${missing.join(', ')}`);
      if (readFileSync(join(ROOT, 'packages', folder, 'LICENSE'), 'utf8') !== licence) {
        throw new Error('LICENSE differs');
      }
    });
  }
}

/** Two platforms once shared a chunk: then what was built for the web ran Node's code, and nothing else noticed. */
function inspectPlatforms() {
  const dist = join(ROOT, 'packages', 'core', 'dist');
  for (const platform of ['web', 'browser']) {
    for (const file of readdirSync(join(dist, platform))) {
      const text = readFileSync(join(dist, platform, file), 'utf8');
      const own = [...text.matchAll(/["'](\.\.?\/[^"']+)["']/g)].every(([, path]) => /^\.\/\w+\.c?js$/.test(path));
      if (!own || /getBuiltinModule|["']node:/.test(text)) throw new Error(`dist/${platform}/${file} needs Node`);
    }
  }
  if (!readFileSync(join(dist, 'node', 'shared.js'), 'utf8').includes('getBuiltinModule')) {
    throw new Error('dist/node does not need Node either: this check notices nothing');
  }
}

/** Makes an empty project with these dependencies and the fixtures, and installs them. */
async function install(name, dependencies, { strategy = 'hoisted', overrides } = {}) {
  console.log(`\n${name}`);
  const folder = join(home, name.replaceAll(' ', '-'));
  cpSync(join(ROOT, 'scripts', 'packed'), folder, { recursive: true });
  cpSync(join(ROOT, 'adapters.mjs'), join(folder, 'adapters.mjs'));
  for (const { folder: adapter } of ADAPTERS) {
    for (const extension of ['ts', 'mjs']) {
      cpSync(
        join(ROOT, 'packages', adapter, 'test', 'packed', `app.${extension}`),
        join(folder, `${adapter}.${extension}`),
      );
    }
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', [...args, `--install-strategy=${strategy}`], { cwd: folder, maxBuffer: 2 ** 24 });
  return { name, folder };
}

async function runFixtures({ folder }) {
  for (const [what, file] of [
    ['import: a session with every package', 'with-import.mjs'],
    ['require: a session with every package', 'with-require.cjs'],
    ['import and require together: same exports, errors and clients recognised', 'with-both.cjs'],
  ]) {
    await check(what, () => run(process.execPath, [file], { cwd: folder }));
  }
}

async function runCommand({ folder }) {
  const command = join(folder, 'node_modules', '.bin', 'faceverify-emulator');
  const { stdout } = await run(command, ['--help']);
  if (!stdout.startsWith('Usage: faceverify-emulator')) throw new Error(`--help prints ${stdout}`);
}

/** Checks the apps of the fixtures in every way in which TypeScript finds modules. */
async function typeCheck({ folder }) {
  await Promise.all(
    TYPESCRIPT_SETTINGS.map(({ title, extension, options }, index) =>
      check(`TypeScript with moduleResolution ${title}`, () => {
        for (const name of APPS) {
          writeFileSync(join(folder, `${name}.${extension}`), readFileSync(join(folder, `${name}.ts`)));
        }
        const files = APPS.map((name) => `${name}.${extension}`);
        return compile(folder, `tsconfig.${index}.json`, files, { ...options, noEmit: true });
      }),
    ),
  );
}

/** Fails where TypeScript finds fault with the app, or with the declarations of our packages. */
async function compile(folder, config, files, options, typescript = join(ROOT, 'node_modules', 'typescript')) {
  const compilerOptions = { ...STRICT, ...options };
  writeFileSync(join(folder, config), JSON.stringify({ compilerOptions, files }));
  const args = [join(typescript, 'bin', 'tsc'), '--project', config, '--pretty', 'false'];
  const { stdout, code = 0 } = await run(process.execPath, args, { cwd: folder }).catch((error) => error);
  const found = stdout.split('\n').filter((line) => /^(\S.*)?error TS/.test(line));
  const foreign = /^node_modules\/(?!@faceverify\/)/; // Declarations of others may contradict each other.
  const problems = found.filter((line) => !foreign.test(line));
  if (problems.length > 0 || (code !== 0 && found.length === 0)) throw new Error(`tsc exits with ${code}\n${stdout}`);
}

async function buildAndRun({ folder }) {
  await compile(folder, 'tsconfig.build.json', ['app.ts'], { ...NODE10, outDir: 'out' });
  const code = "require('./out/app.js').create('alice').then(({ url }) => console.log(url))";
  const { stdout } = await run(process.execPath, ['-e', code], { cwd: folder });
  if (!stdout.startsWith('https://')) throw new Error(`printed ${stdout}`);
}

async function bundleFor({ folder }) {
  await check('a bundle for browsers that only signs fails with the reason', () => {
    const entry = join(folder, 'entry-signing.js');
    writeFileSync(entry, "import { signRequest } from '@faceverify/core'; console.log(signRequest);");
    return failsInBrowsers(folder, entry);
  });
  for (const kind of ['import', 'require']) {
    const entry = join(folder, `entry-${kind}.js`);
    for (const { folder: adapter } of ADAPTERS.filter(({ runtimes }) => runtimes.includes('workers'))) {
      const code = {
        import: `import { createFaceVerify } from '@faceverify/core'; import { sessionHandler } from '@faceverify/${adapter}'; console.log(createFaceVerify, sessionHandler);`,
        require: `console.log(require('@faceverify/core').createFaceVerify, require('@faceverify/${adapter}').sessionHandler);`,
      };
      writeFileSync(entry, code[kind]);
      await check(`a bundle for Workers loads no module of Node, ${adapter}, ${kind}`, async () => {
        // As wrangler does: what the bundle cannot resolve is an error, and so would be any module of Node.
        const bundle = await bundled(folder, entry, ['workerd', 'worker'], 'neutral');
        if (!bundle.includes('.subtle.')) throw new Error('it lacks the web platform');
      });
      await check(`a bundle for a web worker of the server runs on the web platform, ${adapter}, ${kind}`, async () => {
        // As webpack's target `webworker` and vite's `ssr.target` do.
        const bundle = await bundled(folder, entry, ['worker', 'browser'], 'browser');
        if (!bundle.includes('.subtle.')) throw new Error('it lacks the web platform');
      });
      await check(`a bundle for browsers fails with the reason, ${adapter}, ${kind}`, () =>
        failsInBrowsers(folder, entry),
      );
    }
    for (const [conditions, platform] of [
      ['node', 'node'],
      ['workerd', 'neutral'],
    ]) {
      await check(`a bundle is one file that holds what is loaded later, ${conditions}, ${kind}`, async () => {
        writeFileSync(entry, `${EXPLAIN[kind]} ${explainExchanged()}`);
        const file = join(home, `bundle-${conditions}-${kind}.cjs`); // Where no package can be found.
        writeFileSync(file, await bundled(folder, entry, [conditions], platform));
        const { stdout } = await run(process.execPath, [file]);
        if (!stdout.includes('swapped')) throw new Error(`printed ${stdout}`);
      });
    }
  }
}

async function failsInBrowsers(folder, entry) {
  const bundle = await bundled(folder, entry, ['browser'], 'browser');
  const reason = await run(process.execPath, ['--eval', bundle]).then(() => 'It loads.', String);
  if (!reason.includes('must not run in a browser: the secret key would be public')) throw new Error(reason);
}

/** Prints why a signature is refused that was made with the two keys exchanged. */
function explainExchanged() {
  const signed = 'POST\n/api/v1/session\n\nsecret\napplication/json\n{}';
  const request = {
    method: 'POST',
    url: 'https://start.faceverify.ai/api/v1/session',
    body: '{}',
    apiKey: 'key',
    secretKey: 'secret',
    signature: createHmac('sha256', 'key').update(signed).digest('hex'),
  };
  return `explainSignature(${JSON.stringify(request)}).then(({ summary }) => console.log(summary));`;
}

async function bundled(folder, entry, conditions, platform) {
  const options = { absWorkingDir: folder, entryPoints: [entry], bundle: true, format: 'cjs', write: false };
  const { outputFiles } = await build({ ...options, conditions, platform, logLevel: 'silent' });
  return outputFiles[0].text;
}

async function tryIsolated({ folder }) {
  const code = `
    import { FaceVerifyError, faceVerify, type FaceVerify, type Session } from '@faceverify/express';
    import express from 'express';
    const app = express().use(faceVerify({ apiKey: 'key', secretKey: 'secret' }));
    app.post('/kyc', async (req, res) => {
      const client: FaceVerify = req.faceVerify;
      const session: Session = await client.createSession();
      // @ts-expect-error -- A string.
      const url: number = session.url;
      res.redirect(303, String(url));
    });
    if (FaceVerifyError.is(app)) throw app;
  `;
  for (const { title, file, options } of [
    { title: 'node16', file: 'isolated.mts', options: { module: 'node16' } },
    { title: 'bundler', file: 'isolated.ts', options: { module: 'esnext', moduleResolution: 'bundler' } },
  ]) {
    writeFileSync(join(folder, file), code);
    await check(`the adapter alone has all an app names, TypeScript with moduleResolution ${title}`, () =>
      compile(folder, `tsconfig.${title}.json`, [file], { ...options, noEmit: true }),
    );
  }
}
