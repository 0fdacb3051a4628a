import superagent from 'superagent';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

export function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  return async (n) => {
    const body = JSON.stringify(subject(n));
    const answer = await superagent.post(url).set(signedHeaders(body)).send(body);
    return answer.body.data;
  };
}
