import OpenAI from 'openai';
import { SESSION_PATH, signedHeaders, subject } from '../lib/vendor.mjs';

/** openai-node's generic `post`. */
export function create({ baseUrl }) {
  const client = new OpenAI({ apiKey: 'bench', baseURL: baseUrl });
  return async (n) => {
    const body = subject(n);
    const { data } = await client.post(SESSION_PATH, { body, headers: signedHeaders(JSON.stringify(body)) });
    return data;
  };
}
