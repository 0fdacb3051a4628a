// Who may import whom. `npm run check` applies these rules, and proves that each one notices
// when it is broken: add a case to scripts/check-import-rules.mjs with every new rule.
// Cycles are found by import/no-cycle of .oxlintrc.json, which knows types from values.

const CORE = '^packages/core/src/';
/** What users of the core can import. */
const ENTRY = `${CORE}(index|(adapter|diagnose)/index)\\.ts$`;
/** Every package but these is an adapter: $1 is its folder, and its framework. */
const ADAPTER = '^packages/(?!core/|emulator/|cli/)([^/]+)/src/';
/** platform/node.ts and the parts of it that have files of their own. */
const NODE = `${CORE}platform/node[a-z-]*\\.ts$`;
const PUBLISHED = '^packages/[^/]+/src/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'only-platform-node-names-node',
      comment: 'The core and the adapters run where there is no Node: platform/node.ts alone may need it.',
      severity: 'error',
      from: { path: [CORE, ADAPTER], pathNot: NODE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'parts-of-platform-node-are-its-own',
      comment: 'What names Node is reached through platform/node.ts alone, or a bundle for Workers would hold it.',
      severity: 'error',
      from: { path: CORE, pathNot: NODE },
      to: { path: `${CORE}platform/node-` },
    },
    {
      name: 'core-stands-alone',
      comment: 'The core has no dependency, and knows no framework.',
      severity: 'error',
      from: { path: CORE },
      to: { pathNot: CORE, dependencyTypesNot: ['core'] },
    },
    {
      name: 'few-files-name-the-platform',
      comment: 'Signing, sending and the environment are the platform. All else runs on each platform unchanged.',
      severity: 'error',
      from: {
        path: CORE,
        pathNot: [
          `${CORE}(client|signing|adapter/client-resolver|diagnose/explain-signature)\\.ts$`,
          `${CORE}platform/`,
        ],
      },
      to: { path: `${CORE}platform/`, pathNot: `${CORE}platform/platform\\.ts$` },
    },
    {
      name: 'signing-stands-on-the-ground',
      comment: 'Signing and request targets can be read alone.',
      severity: 'error',
      from: { path: `${CORE}(signing|request-target)\\.ts$` },
      to: {
        path: CORE,
        pathNot: `${CORE}(errors|headers|request-target|validation|platform/.*)\\.ts$`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-ground-imports-nothing',
      comment: 'Every other file may use the failure table, the headers and hexadecimal digits.',
      severity: 'error',
      from: { path: `${CORE}(errors|headers|hex)\\.ts$` },
      to: {},
    },
    {
      name: 'validation-uses-errors-only',
      comment: 'The small checks know nothing of what they check.',
      severity: 'error',
      from: { path: `${CORE}validation\\.ts$` },
      to: { pathNot: `${CORE}errors\\.ts$` },
    },
    {
      name: 'entries-stand-apart',
      comment: 'The main entry must not load what only adapters or explainSignature need.',
      severity: 'error',
      from: { path: CORE, pathNot: `${CORE}(adapter|diagnose)/` },
      to: { path: `${CORE}(adapter|diagnose)/` },
    },
    {
      name: 'sender-knows-no-sessions',
      comment: 'The request sender sends any signed call.',
      severity: 'error',
      from: { path: `${CORE}request-sender\\.ts$` },
      to: { path: `${CORE}(session|client|request|index)\\.ts$` },
    },
    {
      name: 'route-knows-the-client-by-type',
      comment: 'The route asks a client for a session; how that is sent is not its business.',
      severity: 'error',
      from: { path: `${CORE}adapter/session-route\\.ts$` },
      to: { path: `${CORE}(client|request-sender|session)\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'adapter-imports-core-and-framework',
      comment: 'An adapter parses, calls the core and sends. Anything more belongs in the core.',
      severity: 'error',
      from: { path: ADAPTER },
      to: {
        pathNot: ['^packages/$1/src/', ENTRY],
        // Of npm, what its own package.json names: the framework, and what belongs to it.
        dependencyTypesNot: ['core', 'npm', 'npm-peer'],
      },
    },
    {
      name: 'cli-imports-entries-and-emulator',
      comment:
        'The command uses what users can import: the entries of the core, and the emulator. It needs no adapter.',
      severity: 'error',
      from: { path: '^packages/cli/src/' },
      to: {
        pathNot: ['^packages/cli/src/', ENTRY, '^packages/emulator/src/index\\.ts$'],
        dependencyTypesNot: ['core', 'npm'],
      },
    },
    {
      name: 'published-code-stands-alone',
      comment: 'Tests and examples are not shipped.',
      severity: 'error',
      from: { path: PUBLISHED },
      to: {
        path: '^(packages/[^/]+/test/|test/|examples/|scripts/|docs/|e2e/|bench/|bundlers/)',
      },
    },
    {
      name: 'tests-use-what-users-use',
      comment: "Outside the core's own unit tests, a test imports packages as an app does.",
      severity: 'error',
      from: { path: '^(test/|packages/(?!core/)[^/]+/test/|examples/)' },
      to: { path: CORE, pathNot: ENTRY },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that no package.json names is left over.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^packages/[^/]+/src/',
        pathNot: [
          `${CORE}platform/(web|browser)\\.ts$`,
          '^packages/(emulator/src/cli|cli/src/bin)\\.ts$',
          '\\.d\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'nothing-unresolvable',
      comment: "A path that leads nowhere, or round a package's exports.",
      severity: 'error',
      from: { path: PUBLISHED },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
