import { request } from 'undici';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

/** What its documentation shows first, by hand, with no protection. */
export function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  return async (n) => {
    const body = JSON.stringify(subject(n));
    const answer = await request(url, { method: 'POST', headers: signedHeaders(body), body });
    const { data } = await answer.body.json();
    return data;
  };
}
