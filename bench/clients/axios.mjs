import axios from 'axios';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

export function create({ baseUrl }) {
  const url = baseUrl + SESSION_PATH;
  return async (n) => {
    const body = JSON.stringify(subject(n));
    const answer = await axios.post(url, body, { headers: signedHeaders(body) });
    return answer.data.data;
  };
}
