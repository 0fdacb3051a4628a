import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { signRequest } from '@faceverify/core';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from './server/fault.ts';
import { specified } from './server/expectation.ts';
import { type RunningFault, startFault } from './server/fault-server.ts';
import { faultNamed, FAULTS } from './server/faults.ts';
import { isSigned, takeRequest } from './server/received-request.ts';
import { leaksIn } from '../support/leaks.ts';
import { API_KEY, SECRET_KEY } from './server/secrets.ts';

/* What the matrix relies on: a measuring device that shows nothing wrong because it is broken proves nothing. */

/** Longer than a busy machine needs. */
const WAIT = { timeout: 10_000, interval: 10 };

const running: RunningFault[] = [];

async function start(fault: Fault): Promise<{ fault: RunningFault; port: number }> {
  const started = await startFault(fault);
  running.push(started);
  return { fault: started, port: Number(new URL(started.origin).port) };
}

afterEach(async () => {
  for (const fault of running.splice(0)) await fault.stop();
});

/** A connection that says what it is told to say, and notes what it is told. */
async function connected(port: number): Promise<{ socket: net.Socket; heard: () => string }> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let text = '';
  socket.on('data', (data: Buffer) => {
    text += data.toString('latin1');
  });
  await new Promise((resolve) => {
    socket.once('connect', resolve);
  });
  return { socket, heard: () => text };
}

const REQUEST = 'POST /api/v1/session HTTP/1.1\r\nhost: vendor\r\ncontent-length: 2\r\n\r\n{}';

describe('the faults', () => {
  test('are 48 at the least, each under a name of its own', () => {
    const names = Object.values(FAULTS)
      .flat()
      .map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(48);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are found by name, and by no other', () => {
    expect(faultNamed('headers stall').name).toBe('headers stall');
    expect(() => faultNamed('no such fault')).toThrow('no such fault');
  });
});

describe('a port with a full backlog', () => {
  test('lets nobody connect, however long they wait', async () => {
    const { port } = await start(faultNamed('connect hangs (full backlog)'));
    const socket = net.connect(port, '127.0.0.1');
    const outcome = await Promise.race([
      new Promise((resolve) => {
        socket.once('connect', () => resolve('connected'));
        socket.once('error', () => resolve('failed'));
      }),
      sleep(700, 'hangs'),
    ]);
    socket.destroy();
    expect(outcome).toBe('hangs');
  });
});

describe('the count', () => {
  test('has one attempt for each request, whole in one piece or not', async () => {
    const { fault, port } = await start(faultNamed('headers stall'));
    const first = await connected(port);
    for (const byte of REQUEST) first.socket.write(byte);
    const second = await connected(port);
    second.socket.write(REQUEST);
    await expect.poll(() => fault.report().attempts, WAIT).toBe(2);
    first.socket.destroy();
    second.socket.destroy();
  });

  test('notices an attempt that begins while the one before lives', async () => {
    const { fault, port } = await start(faultNamed('headers stall'));
    const first = await connected(port);
    first.socket.write(REQUEST);
    await expect.poll(() => fault.report().attempts, WAIT).toBe(1);
    const second = await connected(port);
    second.socket.write(REQUEST);
    await expect.poll(() => fault.report().overlaps, WAIT).toBe(1);
    first.socket.destroy();
    second.socket.destroy();
  });

  test('does not mind an attempt that begins after the one before is dead', async () => {
    const { fault, port } = await start(faultNamed('headers stall'));
    const first = await connected(port);
    first.socket.write(REQUEST);
    await expect.poll(() => fault.report().attempts, WAIT).toBe(1);
    first.socket.destroy();
    const second = await connected(port);
    second.socket.write(REQUEST);
    await expect.poll(() => fault.report().attempts, WAIT).toBe(2);
    await sleep(60);
    expect(fault.report().overlaps).toBe(0);
    second.socket.destroy();
  });

  test('notices a connection that is not given back', async () => {
    const { fault, port } = await start(faultNamed('status 500'));
    const { socket, heard } = await connected(port);
    socket.write(REQUEST);
    await expect.poll(heard, WAIT).toContain('HTTP/1.1 500');
    expect(fault.report().openSockets).toBe(1);
    socket.destroy();
    await expect.poll(() => fault.report().openSockets, WAIT).toBe(0);
  });

  test('notices a request that goes to another host', async () => {
    const { fault, port } = await start(faultNamed('redirect 307 to another host'));
    const { socket, heard } = await connected(port);
    socket.write(REQUEST);
    await expect.poll(heard, WAIT).toContain('location: http://127.0.0.1:');
    const trap = Number(/location: http:\/\/127\.0\.0\.1:(\d+)/.exec(heard())?.[1]);
    const stray = await connected(trap);
    await expect.poll(() => fault.report().strayed, WAIT).toBe(1);
    stray.socket.destroy();
    socket.destroy();
  });

  test('notices a wrong signature, and warm-ups are not in it', async () => {
    const warm: Fault = { ...faultNamed('status 500'), name: 'warm', expect: specified('upstream'), warmUps: 1 };
    const { fault, port } = await start(warm);
    const { socket, heard } = await connected(port);
    socket.write(REQUEST);
    await expect.poll(heard, WAIT).toContain('HTTP/1.1 200');
    expect(fault.report()).toMatchObject({ attempts: 0, badSignatures: 0 });
    socket.write(REQUEST);
    await expect.poll(heard, WAIT).toContain('HTTP/1.1 500');
    expect(fault.report()).toMatchObject({ attempts: 1, badSignatures: 1 });
    socket.destroy();
  });
});

describe('the check of signatures', () => {
  const url = 'https://start.faceverify.ai/api/v1/session?page=1';

  async function signed(body: string): Promise<string> {
    const { headers } = await signRequest({ method: 'POST', url, body, apiKey: API_KEY, secretKey: SECRET_KEY });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    lines.push('host: start.faceverify.ai', `content-length: ${Buffer.byteLength(body)}`);
    return `POST /api/v1/session?page=1 HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
  }

  test.each([
    ['as it was signed', (raw: string) => raw, true],
    ['another body', (raw: string) => raw.replace('Zoë', 'Zoe'), false],
    ['another query', (raw: string) => raw.replace('page=1', 'page=2'), false],
    ['another method', (raw: string) => raw.replace('POST', 'PUT'), false],
    ['another key', (raw: string) => raw.replace(API_KEY, 'another'), false],
    ['a charset', (raw: string) => raw.replace('application/json', 'application/json;charset=utf-8'), false],
    ['no signature', (raw: string) => raw.replace('x-hmac-signature', 'x-other'), false],
  ])('%s', async (_name, change, right) => {
    const raw = change(await signed('{"uniqueIdentifier":"Zoë"}'));
    // Changes of the length are not what is looked at here.
    const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
    const whole = raw.replace(/content-length: \d+/, `content-length: ${Buffer.byteLength(body)}`);
    const taken = takeRequest(Buffer.from(whole));
    expect(taken).toBeDefined();
    expect(taken !== undefined && isSigned(taken.request, SECRET_KEY)).toBe(right);
  });
});

describe('the search for secrets', () => {
  const secret = 'S3cr3t+/"\\ é';
  const bytes = Buffer.from(secret);

  test.each([
    ['as it is', secret],
    ['in the middle of a text', `error: ${secret}!`],
    ['in JSON', JSON.stringify({ key: secret })],
    ['in JSON in JSON', JSON.stringify({ text: JSON.stringify({ key: secret }) })],
    ['in a URL', `https://host/?key=${encodeURIComponent(secret)}`],
    ['in a URL in lower case', `https://host/?key=${encodeURIComponent(secret).toLowerCase()}`],
    ['in a form', new URLSearchParams({ key: secret }).toString()],
    ['in hex', bytes.toString('hex')],
    ['in upper-case hex', bytes.toString('hex').toUpperCase()],
    ['in base64', bytes.toString('base64')],
    ['in base64url', bytes.toString('base64url')],
    ['in base64 behind a user name', Buffer.from(`user:${secret}`).toString('base64')],
    ['in base64 behind another', Buffer.from(`ab${secret}c`).toString('base64')],
  ])('finds it %s', (_name, text) => {
    expect(leaksIn(text, [{ what: 'key', value: secret }])).not.toEqual([]);
  });

  test.each(['', 'S3cr3t', 'another text', bytes.subarray(1).toString('hex')])('finds it not in %j', (text) => {
    expect(leaksIn(text, [{ what: 'key', value: secret }])).toEqual([]);
  });
});
