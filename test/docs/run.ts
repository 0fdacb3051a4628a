import assert from 'node:assert/strict';
import ts from 'typescript';
import type { Bindings, Names } from './fixture.ts';
import { findFixture } from './fixtures.ts';
import { MODULES } from './modules.ts';
import { requestTo, type SendRequest } from './request.ts';
import type { Snippet } from './snippet.ts';

/** Other packages to take for those that a snippet imports, such as an older major version. */
export type Replacements = Readonly<Record<string, string>>;

/** A snippet that was run, and what can be done with it then. */
export interface SnippetResult {
  /** Sends a request to the app that the snippet made or was given. */
  readonly request: SendRequest;
  /** What the snippet left behind: its exports, and the usual names that it declared. */
  readonly scope: Readonly<Record<string, unknown>>;
  /** What the snippet printed. */
  readonly printed: readonly string[];
  /** Calls the handlers that the snippet registered for a signal of the process. */
  readonly raise: (signal: string) => Promise<void>;
}

/** Where a snippet runs. */
export interface RunContext {
  readonly replacements?: Replacements;
  readonly bindings?: Bindings;
  /** Stands for the vendor: a snippet's own requests go here. */
  readonly vendor: string;
}

/** Names that are looked at after the run, whether or not they are exported. */
const LOOKED_AT = ['app', 'client', 'server'];

// Safe: the constructor of every async function is this one, although it has no name in scope.
const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<Readonly<Record<string, unknown>>>;

/** Runs a snippet's code as a module, every import being the real one. Rejects with what it throws. */
export async function run(
  snippet: Snippet,
  { replacements = {}, bindings = {}, vendor }: RunContext,
): Promise<SnippetResult> {
  const code = ts.transpileModule(snippet.code, {
    fileName: snippet.path,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  }).outputText;
  const { importedFiles } = ts.preProcessFile(snippet.code, true, true);
  const fixtureValues: Record<string, unknown> = {};
  const modules = new Map<string, unknown>();
  const tests: (() => unknown)[] = [];
  for (const { fileName } of importedFiles) {
    const loaded = fileName === 'node:test' ? collectTo(tests) : await load(fileName, replacements, fixtureValues);
    modules.set(fileName, snippet.path.endsWith('.cjs') ? (loaded['default'] ?? loaded) : loaded);
  }

  const printed: string[] = [];
  const { signals, process } = processWithSignals();
  const exports: Record<string, unknown> = {};
  const globals = {
    exports,
    require: (name: string) => modules.get(name),
    process,
    console: consoleTo(printed),
    fetch: fetchTo(vendor),
  };
  const probe = LOOKED_AT.map((name) => `${name}: typeof ${name} === 'undefined' ? undefined : ${name}`).join(', ');
  // In a function of its own, so that a snippet may declare what is a global here.
  const body = `return (async () => { ${code}\nreturn { ${probe} }; })();`;
  const declared = await new AsyncFunction(...Object.keys(globals), body)(...Object.values(globals));
  for (const runTest of tests) await runTest();
  const scope = { ...fixtureValues, ...defined(declared), ...exports };
  const app = exports['default'] ?? scope['app'] ?? exports;
  if (!snippet.code.includes('router.routes()')) mountRouter(scope['router'], app);

  return {
    scope,
    printed,
    request: async (path, init) => requestTo(app, bindings)(path, init),
    raise: async (signal) => {
      const handlers = signals.get(signal);
      assert(handlers !== undefined, `nothing listens to ${signal}`);
      await Promise.all(handlers.map((handler) => handler(signal)));
    },
  };
}

/** A module by the name that a snippet gives it; what a fixture makes is kept in `fixtureValues`. */
async function load(name: string, replacements: Replacements, fixtureValues: Record<string, unknown>): Promise<Names> {
  const fixture = name.startsWith('.') ? findFixture(name) : undefined;
  if (fixture === undefined) return loadModule(replacements[name] ?? name);
  const other = replacements[fixture.name];
  // Safe: a fixture takes the framework that it is named after.
  const framework = (other === undefined ? undefined : (await loadModule(other))['default']) as undefined;
  return { createFixture: () => Object.assign(fixtureValues, fixture.createFixture(framework)) };
}

async function loadModule(name: string): Promise<Names> {
  const importModule = MODULES[name];
  if (importModule === undefined) throw new Error(`${name} is none of the modules that a snippet may import`);
  // Copied, since the compiler's own import of a default looks for this mark.
  return { ...(await importModule()), __esModule: true };
}

function defined(values: Names): Names {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Stands for the test runner: what a snippet gives it is run here, inside a test of ours. */
function collectTo(tests: (() => unknown)[]): Names {
  return { test: (_name: string, body: () => unknown) => tests.push(body) };
}

type Handler = (signal: string) => unknown;

/** The process, except that handlers of signals are kept here instead of being registered. */
function processWithSignals(): { signals: Map<string, Handler[]>; process: unknown } {
  const signals = new Map<string, Handler[]>();
  const add = (signal: string, handler: Handler): void => {
    signals.set(signal, [...(signals.get(signal) ?? []), handler]);
  };
  return {
    signals,
    process: Object.assign(Object.create(process) as object, { on: add, once: add, env: process.env }),
  };
}

function consoleTo(printed: string[]): unknown {
  const print = (...values: unknown[]): void => {
    printed.push(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' '));
  };
  return { ...console, log: print, info: print, warn: print, error: print };
}

/** `fetch`, for which the vendor's address is that of the stand-in; else it reaches this machine only. */
function fetchTo(vendor: string): (url: string, init?: RequestInit) => Promise<Response> {
  return (url, init) => {
    const { origin, hostname, pathname, search } = new URL(url);
    if (origin === 'https://start.faceverify.ai') return fetch(vendor + pathname + search, init);
    assert.equal(hostname, '127.0.0.1', `a snippet sends something to ${hostname}`);
    return fetch(url, init);
  };
}

function mountRouter(router: unknown, app: unknown): void {
  if (typeof router !== 'object' || router === null || !('routes' in router)) return;
  assert(typeof router.routes === 'function');
  assert(typeof app === 'object' && app !== null && 'use' in app && typeof app.use === 'function');
  app.use(router.routes());
}
