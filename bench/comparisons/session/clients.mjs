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
/** What single calls are compared with: each of those takes a process or a pause. */
export const FEW = [OURS, BASELINE, 'node-http', 'snippet', 'stripe', 'axios', 'openai'];

export const modulePath = (client) => `clients/${client}.mjs`;
export const originsOf = ({ httpsUrl, url }) => ({ https: httpsUrl, http: url });
