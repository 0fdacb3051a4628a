import http from 'node:http';
import https from 'node:https';

/** The module of Node that speaks the protocol of an origin, and an agent that keeps its connections. */
export function keepAlive(baseUrl) {
  const { Agent, request } = new URL(baseUrl).protocol === 'https:' ? https : http;
  return { agent: new Agent({ keepAlive: true }), request };
}
