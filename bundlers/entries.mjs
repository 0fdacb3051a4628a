// The apps that are bundled, one file for each adapter and target.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param adapter A row of adapters.mjs. @returns The path of the file. */
export function writeEntry(project, adapter, target) {
  const { folder } = adapter;
  const file = join(project, `entry-${folder}-${target}.mjs`);
  writeFileSync(
    join(project, `required-${folder}.cjs`),
    `exports.core = require('@faceverify/core');\nexports.adapter = require('@faceverify/${folder}');\n`,
  );
  writeFileSync(file, target === 'browser' ? pageOf(folder) : appOf(adapter, target === 'workers'));
  return file;
}

function appOf({ folder, framework }, worker) {
  return `
    import { createFaceVerify, FaceVerifyError, signRequest } from '@faceverify/core';
    import * as adapter from '@faceverify/${folder}';
    ${framework === undefined ? 'const framework = undefined;' : `import * as framework from '${framework}';`}
    import { createApp } from './${folder}.mjs';
    import required from './required-${folder}.cjs';
    import { tryBundle } from './try-bundle.mjs';
    ${worker ? 'const post = (app, path) => app.fetch(new Request(`http://localhost${path}`, { method: "POST" }));' : "import { post } from './post.mjs';"}

    const imported = { adapter, core: { createFaceVerify, FaceVerifyError, signRequest } };
    const start = (env) => tryBundle({ imported, required, framework, createApp, post, env });
    ${worker ? 'export default { fetch: async (request, env) => Response.json(await start(env)) };' : 'start(process.env).then((result) => console.log(JSON.stringify(result)));'}
  `;
}

/** What must not be built into a page: it loads, and then fails with the reason. */
function pageOf(folder) {
  return `
    import { signRequest } from '@faceverify/core';
    import { sessionHandler } from '@faceverify/${folder}';
    console.log(signRequest, sessionHandler);
  `;
}

/** An app that names what the core does not export. @returns The path of the file. */
export function writeMisspelt(project) {
  const file = join(project, 'misspelt.mjs');
  writeFileSync(
    file,
    "import * as core from '@faceverify/core';\nexport default { fetch: () => core.misspelt };\nconsole.log(core.misspelt);\n",
  );
  return file;
}
