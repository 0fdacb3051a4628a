import { create as ours } from '../clients/faceverify.mjs';
import { create as byHand } from '../clients/web-fetch.mjs';
import { SESSION_PATH } from '../lib/vendor.mjs';

/** The clients of the web comparison with a fetch that sends nothing: what they cost without the network. */
export async function create({ baseUrl }) {
  const token = 't'.repeat(250);
  const data = { sessionId: 'f'.repeat(32), baseUrl, Token: token, url: `${baseUrl}/new/${token}` };
  const answer = new TextEncoder().encode(JSON.stringify({ success: true, data }));
  const url = baseUrl + SESSION_PATH;
  globalThis.fetch = async (requested) => {
    if (requested !== url) throw new Error(`Expected a request to ${url}.`);
    return new Response(answer);
  };
  return { ...(await byHand({ baseUrl })), createSession: ours({ baseUrl }) };
}
