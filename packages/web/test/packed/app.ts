// What an app writes, type-checked in empty projects by scripts/test-packed.mjs with every way in which TypeScript
// finds modules. The expected errors show that the types were found.
import { createFaceVerify, privateHeaders, sameOrigin, sessionHandler } from '@faceverify/web';

interface Env {
  readonly API_KEY: string;
  readonly SECRET_KEY: string;
}

export const app: { fetch(request: Request, env: Env): Promise<Response> } = {
  fetch: sessionHandler({
    identify: (request) => ({ uniqueIdentifier: String(request.headers.get('x-user')) }),
    client: (_request, env) => ({ apiKey: env.API_KEY, secretKey: env.SECRET_KEY }),
  }),
};

const client = createFaceVerify({ apiKey: 'key', secretKey: 'secret' });
const refuse = sameOrigin();
export async function POST(request: Request): Promise<Response> {
  // @ts-expect-error -- Misspelt.
  void client.createSesion;
  const location = (await client.createSession({ uniqueIdentifier: 'alice' })).url;
  return refuse(request) ?? new Response(null, { status: 303, headers: { ...privateHeaders, location } });
}
// @ts-expect-error -- Whom to verify is required.
export const withoutIdentity = (): unknown => sessionHandler({});
