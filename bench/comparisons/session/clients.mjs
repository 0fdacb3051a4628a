/** The modules of bench/clients, and what the tables call them. */
export const CLIENTS = {
  faceverify: 'createSession',
  undici: 'undici request, by hand',
  'undici-pool': 'undici Pool, by hand',
  'node-http': 'Node with a keep-alive agent, by hand',
  snippet: "the vendor's snippet, fetch",
  stripe: 'stripe-node',
  superagent: 'superagent, keep-alive',
  axios: 'axios',
  got: 'got',
  aws4fetch: 'aws4fetch, its own signing',
  openai: 'openai-node',
  ky: 'ky',
};
export const OURS = 'faceverify';
export const BASELINE = 'undici';
/** Those measured with a single call, which takes a process or a pause each time. */
export const SINGLE_CALL_CLIENTS = [OURS, BASELINE, 'node-http', 'snippet', 'stripe', 'axios', 'openai'];

export const modulePath = (client) => `clients/${client}.mjs`;
export const originsOf = ({ httpsUrl, url }) => ({ https: httpsUrl, http: url });
