// npm run pack [-- FOLDER]: writes the packages as tarballs, to install them in an app without a registry.
import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { packPublished, ROOT } from './lib/published.mjs';

const folder = resolve(process.argv[2] ?? join(ROOT, 'artifacts', 'packages'));
mkdirSync(folder, { recursive: true });
const packed = await packPublished(folder);
for (const { tarball } of packed) console.log(relative(process.cwd(), tarball));
console.log('\nIn your app, install the core and your adapter together: npm install CORE.tgz ADAPTER.tgz');
