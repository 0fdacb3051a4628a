import { createFaceVerify, privateHeaders, sameOrigin, sessionHandler } from '@faceverify/web';
import { startEmulator } from '../shared/emulator.ts';
import { fileFor } from '../shared/files.ts';
import { page, userOf } from '../shared/web.ts';

await startEmulator(); // Only where the environment holds no keys.

const faceVerify = createFaceVerify();
const refuse = sameOrigin();

// Whom to verify: the signed-in user, and nothing that the request says.
function identify(request: Request) {
  const user = userOf(request);
  return user && { uniqueIdentifier: user.id, country: user.country };
}

// A route of your own, for the page's form. sameOrigin() refuses requests from other sites, as the ready route does.
async function verify(request: Request): Promise<Response> {
  const refusal = refuse(request);
  if (refusal) return refusal;
  const identity = identify(request);
  if (!identity) return new Response(null, { status: 303, headers: { location: '/' } });
  try {
    const { url } = await faceVerify.createSession(identity);
    return new Response(null, { status: 303, headers: { ...privateHeaders, location: url } });
  } catch (error) {
    return page('Bun', request, error);
  }
}

const server = Bun.serve({
  hostname: 'localhost',
  routes: {
    '/face-verify/session': sessionHandler({ identify, client: faceVerify }), // The ready route, for the page's script.
    '/kyc': { POST: verify },
  },
  fetch: (request) => fileFor(request) ?? page('Bun', request),
});
console.log(`\n  Open ${server.url.origin}\n`);
