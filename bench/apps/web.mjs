import { createFaceVerify, sessionHandler } from '@faceverify/web';
import { getRequestListener } from '@hono/node-server';
import { API_KEY, SECRET_KEY } from '../lib/vendor.mjs';
import { sessionByHand } from './by-hand.mjs';

/** Functions of a Request, as a server of the web standards calls them. */
export function create(variant, baseUrl) {
  const client = createFaceVerify({ apiKey: API_KEY, secretKey: SECRET_KEY, baseUrl });
  const userOf = (request) => request.headers.get('x-user') ?? '';
  const handlers = {
    async 'by-hand'(request) {
      const user = userOf(request);
      if (user === '') return Response.json({ error: 'Nobody is signed in' }, { status: 401 });
      return Response.json(await sessionByHand(baseUrl, user));
    },
    async createSession(request) {
      const { sessionId, url } = await client.createSession({ uniqueIdentifier: userOf(request), country: 'US' });
      return Response.json({ sessionId, url });
    },
    mounted: sessionHandler({
      client,
      identify: (request) => ({ uniqueIdentifier: userOf(request), country: 'US' }),
    }),
  };
  return getRequestListener(handlers[variant]);
}
