import superagent from 'superagent';
import { keepAlive } from '../lib/agent.mjs';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

/** With an agent that keeps connections: superagent's default is one connection per call. */
export function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  const { agent } = keepAlive(baseUrl);
  return async (n) => {
    const body = JSON.stringify(subject(n));
    const answer = await superagent.post(url).agent(agent).set(signedHeaders(body)).send(body);
    return answer.body.data;
  };
}
