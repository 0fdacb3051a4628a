// The same from CommonJS with verbatimModuleSyntax: `import` is written as `require`.
import adapter = require('@faceverify/ADAPTER');

const route = adapter.sessionHandler({ identify: () => ({ uniqueIdentifier: 'alice' }) });
const client: adapter.FaceVerify = adapter.createFaceVerify();
// @ts-expect-error -- Misspelt.
void client.createSesion;

export = { route, client };
