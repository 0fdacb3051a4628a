import got from 'got';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

export function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  return async (n) => {
    const body = JSON.stringify(subject(n));
    const { data } = await got.post(url, { headers: signedHeaders(body), body }).json();
    return data;
  };
}
