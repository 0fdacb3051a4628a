import { EventEmitter, once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listen } from './port.ts';
import { serve } from './serve.ts';

let taken: Server;
let takenPort: number;

beforeEach(async () => {
  taken = createServer();
  takenPort = (await listen(taken, [0])) ?? Number.NaN;
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await new Promise((resolve) => taken.close(resolve));
});

it('takes the next port where one is taken', async () => {
  const server = createServer();
  expect(await listen(server, [takenPort])).toBe(undefined);
  const port = await listen(server, [takenPort, 0]);
  expect(port).toBeGreaterThan(0);
  expect(port).not.toBe(takenPort);
  await new Promise((resolve) => server.close(resolve));
});

it('ends with one clear line where PORT is taken', async () => {
  vi.stubEnv('PORT', String(takenPort));
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  await expect(serve(() => undefined)).rejects.toThrow('exit 1');
  expect(printed.mock.calls).toEqual([[`Port ${takenPort}: taken. Choose another one, such as PORT=8080.`]]);
});

it('stops when the last answer is sent, whatever connections are left', async () => {
  vi.stubEnv('PORT', '0');
  vi.spyOn(console, 'log').mockReturnValue();
  const requests = new EventEmitter();
  const { url, stop } = await serve((_req, res) => void requests.emit('request', res));
  const spare = connect(Number(new URL(url).port), 'localhost');
  await once(spare, 'connect');
  const asked = once(requests, 'request');
  const response = fetch(url);
  const [res] = (await asked) as [ServerResponse]; // Safe: emitted with one, above.

  const stopped = stop();
  res.end('the last answer');
  expect(await (await response).text()).toBe('the last answer');
  await stopped;
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
