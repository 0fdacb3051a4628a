import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { chunk, head, message, sessionAnswer, sessionData } from '../answers.ts';
import { type ResultCode, perKind, specified } from '../expectation.ts';
import { type AnswerHeaders, type Exchange, type Fault, IMPATIENT } from '../fault.ts';
import { pour } from '../slowly.ts';

const CAP = 64 * 1024;
const MEGABYTE = 1_000_000;

type Body = (exchange: Exchange) => string | Buffer;

function body(name: string, meaning: ResultCode, write: Body, headers: AnswerHeaders = {}): Fault {
  return {
    name: `200, ${name}`,
    expect: specified(meaning),
    onRequest: (exchange) => exchange.reply(200, write(exchange), headers),
  };
}

const FIELDS = ['sessionId', 'url', 'Token', 'baseUrl'] as const;

/** What a JSON parser gives for a field that is there but wrong. */
const MISTYPED: readonly unknown[] = [null, 7, true, {}, ['text']];

/** Wrong in a field, in every way that JSON allows. */
const WRONG_FIELDS: readonly Fault[] = FIELDS.flatMap((field) => [
  body(`${field} missing`, 'bad_response', ({ origin }) => sessionAnswer(origin, { [field]: undefined })),
  ...MISTYPED.map((value) =>
    body(`${field} is ${JSON.stringify(value)}`, 'bad_response', ({ origin }) =>
      sessionAnswer(origin, { [field]: value }),
    ),
  ),
]);

function withSuccess(success: unknown): Body {
  return ({ origin }) => JSON.stringify({ success, data: sessionData(origin) });
}

function withData(data: unknown): Body {
  return () => JSON.stringify({ success: true, data });
}

/** Answers that are whole but are no session. */
const NO_SESSION: readonly Fault[] = [
  body('empty', 'bad_response', () => ''),
  body('blank', 'bad_response', () => ' \r\n\t'),
  body('null', 'bad_response', () => 'null'),
  body('true', 'bad_response', () => 'true'),
  body('a number', 'bad_response', () => '42'),
  body('a string', 'bad_response', ({ session }) => JSON.stringify(session)),
  body('an empty object', 'bad_response', () => '{}'),
  body('an array of sessions', 'bad_response', ({ session }) => `[${session}]`),
  body('HTML', 'bad_response', ({ hostile }) => `<!doctype html><title>Login</title><pre>${hostile}</pre>`, {
    'content-type': 'text/html',
  }),
  body('truncated JSON', 'bad_response', ({ session }) => session.slice(0, -20)),
  body('JSON with a comma too many', 'bad_response', ({ session }) => `${session.slice(0, -1)},}`),
  body('two JSON values', 'bad_response', ({ session }) => `${session}\n${session}`),
  body('JavaScript around the JSON', 'bad_response', ({ session }) => `)]}',\n${session}`),
  body('JSON in UTF-16', 'bad_response', ({ session }) => Buffer.from(session, 'utf16le')),
  body('binary', 'bad_response', () => Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
  body('nested 30,000 deep', 'bad_response', () => '['.repeat(30_000) + ']'.repeat(30_000)),
  body('success false', 'rejected', ({ hostile }) => hostile),
  body('success false beside a good session', 'rejected', withSuccess(false)),
  body('success missing', 'bad_response', withSuccess(undefined)),
  body("success 'true'", 'bad_response', withSuccess('true')),
  body('success 1', 'bad_response', withSuccess(1)),
  body('success null', 'bad_response', withSuccess(null)),
  body('data missing', 'bad_response', withData(undefined)),
  body('data null', 'bad_response', withData(null)),
  body('data an array', 'bad_response', withData([])),
  body('data a string', 'bad_response', withData('session')),
  body('fields beside data', 'bad_response', ({ origin }) => JSON.stringify({ success: true, ...sessionData(origin) })),
  body('fields through __proto__', 'bad_response', ({ origin }) => {
    return `{"success":true,"data":{"__proto__":${JSON.stringify(sessionData(origin))}}}`;
  }),
  body('success through __proto__', 'bad_response', ({ origin }) => {
    return `{"__proto__":{"success":true},"data":${JSON.stringify(sessionData(origin))}}`;
  }),
];

/** Answers that are odd, but good. */
const GOOD: readonly Fault[] = [
  body('a good session', 'ok', ({ session }) => session),
  body('JSON called text/html', 'ok', ({ session }) => session, { 'content-type': 'text/html' }),
  body('JSON called image/png', 'ok', ({ session }) => session, { 'content-type': 'image/png' }),
  body('JSON without a Content-Type', 'ok', ({ session }) => session, { 'content-type': undefined }),
  body('JSON with a byte order mark', 'ok', ({ session }) => `\uFEFF${session}`),
  body('JSON with blanks and line ends', 'ok', ({ session }) => JSON.stringify(JSON.parse(session), null, 2)),
  body('further keys', 'ok', ({ origin }) => sessionAnswer(origin, { more: { deep: [1] }, then: 'later' })),
  body('exactly 64 KiB', 'ok', ({ session }) => session.padEnd(CAP)),
  {
    name: '200, in chunks of one byte',
    expect: specified('ok'),
    onRequest: ({ socket, session }) => {
      const chunks = [...Buffer.from(session)].map((byte) => chunk(Buffer.of(byte)));
      socket.write(Buffer.concat([head(200, { 'transfer-encoding': 'chunked' }), ...chunks, chunk('')]));
    },
  },
];

/** Answers that are too large, or say that they are. */
const OVERSIZED: readonly Fault[] = [
  body('one byte over 64 KiB', 'bad_response', ({ session }) => session.padEnd(CAP + 1)),
  {
    name: '200, one byte over 64 KiB in chunks',
    expect: specified('bad_response'),
    onRequest: ({ socket, session }) => {
      const bytes = Buffer.from(session.padEnd(CAP + 1));
      const halves = [chunk(bytes.subarray(0, CAP / 2)), chunk(bytes.subarray(CAP / 2))];
      socket.write(Buffer.concat([head(200, { 'transfer-encoding': 'chunked' }), ...halves, chunk('')]));
    },
  },
  {
    name: '200, content-length says 300 MB, and it stalls',
    expect: specified('timeout'),
    times: IMPATIENT,
    onRequest: ({ socket, session }) => {
      socket.write(Buffer.concat([head(200, { 'content-length': String(300 * MEGABYTE) }), Buffer.from(session)]));
    },
  },
  {
    // The rest would be the start of the next answer: a client that reads on is out of step.
    name: '200, content-length says less than there is',
    expect: specified('bad_response'),
    onRequest: ({ socket, session }) => socket.write(message(200, session, { 'content-length': '40' })),
  },
  {
    name: '200, a body of 300 MB',
    expect: specified('bad_response'),
    onRequest: ({ socket }) => {
      socket.write(head(200, { 'content-length': String(300 * MEGABYTE) }));
      pour(socket, Buffer.alloc(MEGABYTE, ' '), 300);
    },
  },
  {
    name: '200, chunks without end',
    expect: specified('bad_response'),
    onRequest: ({ socket }) => {
      socket.write(head(200, { 'transfer-encoding': 'chunked' }));
      pour(socket, chunk(Buffer.alloc(MEGABYTE, ' ')), Infinity);
    },
  },
  {
    name: '500, a body of 300 MB',
    expect: specified('upstream'),
    onRequest: ({ socket }) => {
      socket.write(head(500, { 'content-length': String(300 * MEGABYTE) }));
      pour(socket, Buffer.alloc(MEGABYTE, ' '), 300);
    },
  },
];

const BOMB_BYTES = 8 * 1024 * 1024;
const BOMB_TIMES = 40;
let bomb: Buffer | undefined;

/** gzip allows several members in a row: a few kilobytes, forty times, are 320 MB. */
function gzipBomb(): Buffer {
  bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES, ' '), { level: constants.Z_BEST_COMPRESSION });
  return Buffer.concat(Array.from({ length: BOMB_TIMES }, () => bomb ?? Buffer.alloc(0)));
}

/** `fetch` always unpacks what it knows; on Node the client asked for `identity` and refuses the rest. */
function encoded(name: string, encoding: string, onWeb: ResultCode, write: Body): Fault {
  return {
    name: `200, ${name}`,
    expect: { node: perKind('bad_response'), fetch: perKind(onWeb) },
    onRequest: (exchange) => exchange.reply(200, write(exchange), { 'content-encoding': encoding }),
  };
}

/** Answers that are compressed although nobody asked for it. */
const ENCODED: readonly Fault[] = [
  encoded('gzip', 'gzip', 'ok', ({ session }) => gzipSync(session)),
  encoded('deflate', 'deflate', 'ok', ({ session }) => deflateSync(session)),
  encoded('br', 'br', 'ok', ({ session }) => brotliCompressSync(session)),
  encoded('gzip that is none', 'gzip', 'connection', ({ session }) => session),
  // Node's fetch gives what it could unpack: JSON that breaks off.
  encoded('gzip cut short', 'gzip', 'bad_response', ({ session }) => gzipSync(session).subarray(0, -12)),
  encoded('gzip of one byte over 64 KiB', 'gzip', 'bad_response', ({ session }) => gzipSync(session.padEnd(CAP + 1))),
  encoded('gzip bomb of 320 MB', 'gzip', 'bad_response', gzipBomb),
  encoded('an encoding that nobody knows', 'x-unknown', 'ok', ({ session }) => session),
  body('Content-Encoding: identity', 'ok', ({ session }) => session, { 'content-encoding': 'identity' }),
];

export const BODIES: readonly Fault[] = [...GOOD, ...NO_SESSION, ...WRONG_FIELDS, ...OVERSIZED, ...ENCODED];
