// Every path from the bench into the rest of the repository; everything else is imported by package name.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

export const ROOT = path('');
/** Generated files; not committed. */
export const ARTIFACTS = path('artifacts/');
export const NODE_24 = path('bench/node24/');
export const CERTIFICATE = path('bench/certificate/certificate.pem');
export const CERTIFICATE_KEY = path('bench/certificate/key.pem');
export const WITH_INSTALL = path('scripts/with-install.mjs');
export const CLI = path('packages/cli/dist/bin.js');
export const FAULT_SERVER = path('test/faults/dist/serve.js');

/** A file of a built package, by its path or URL. */
export const BUILT_FILE = /\/packages\/[^/]+\/dist\//;
/** The entry of a built adapter; the group is the adapter's folder. */
export const BUILT_ADAPTER = /packages\/(\w+)\/dist\/index\.js$/;
export const sourceOf = (folder) => path(`packages/${folder}/src/index.ts`);
export const platformSource = (platform) => path(`packages/core/src/platform/${platform}.ts`);

/** The sources of the core's entries, by the name that they are imported by. */
export const CORE_ENTRIES = Object.fromEntries(
  Object.entries({
    '@faceverify/core': sourceOf('core'),
    '@faceverify/core/adapter': path('packages/core/src/adapter/index.ts'),
    '@faceverify/core/diagnose': path('packages/core/src/diagnose/index.ts'),
  }).filter(([, file]) => existsSync(file)),
);
