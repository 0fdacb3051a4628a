import { Agent } from 'node:http';
import superagent from 'superagent';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

/** With an agent that keeps connections: by itself superagent opens one for each call. */
export function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  const agent = new Agent({ keepAlive: true });
  return async (n) => {
    const body = JSON.stringify(subject(n));
    const answer = await superagent.post(url).agent(agent).set(signedHeaders(body)).send(body);
    return answer.body.data;
  };
}
