// The vendor's stand-in for measuring: answers the documented JSON and does as little as it can.
// A process of its own: node upstream.mjs; it reports { url, httpsUrl, slowUrl }, the last one answers after 200 ms.
// Each message is answered with the number of connections accepted so far.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { CERTIFICATE, CERTIFICATE_KEY } from './paths.mjs';
import { SECRET_KEY } from './vendor.mjs';

const DELAY_MS = 200;
const token = `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${Buffer.from(
  JSON.stringify({ sessionId: 'f'.repeat(32), client: 'bench', country: 'US', iat: 1_700_000_000, exp: 1_700_003_600 }),
).toString('base64url')}.${'s'.repeat(43)}`;

function message(status, body) {
  return Buffer.from(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Date: ${new Date().toUTCString()}\r\nConnection: keep-alive\r\n\r\n${body}`,
  );
}

function session(origin) {
  const data = { sessionId: 'f'.repeat(32), baseUrl: origin, Token: token, url: `${origin}/new/${token}` };
  return message('200 OK', JSON.stringify({ success: true, data }));
}

const refusal = message('400 Bad Request', JSON.stringify({ success: false, message: 'Wrong signature' }));

/** Whether the request is signed: as the vendor documents, or as aws4fetch does. */
function isSigned(head, body) {
  if (/^authorization: AWS4-HMAC-SHA256 /im.test(head)) return true;
  const [method, target] = head.split(' ', 2);
  const [path, query = ''] = target.split('?');
  const field = (name) => new RegExp(`^${name}: *(.*?) *\r$`, 'im').exec(head)?.[1] ?? '';
  const text = `${method}\n${path}\n${query}\n${field('x-auth-client')}\n${field('content-type')}\n${body}`;
  return createHmac('sha256', SECRET_KEY).update(text).digest('hex') === field('x-hmac-signature');
}

function answerRequests(answerOf, delay) {
  return (socket) => {
    let checked = false;
    let held = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (;;) {
        const end = held.indexOf('\r\n\r\n');
        if (end === -1) return;
        const head = held.latin1Slice(0, end + 2);
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
        const size = end + 4 + length;
        if (held.length < size) return;
        // The first request of each connection is checked: enough to know that all do the same work.
        let reply = answerOf();
        if (!checked) {
          checked = true;
          if (!isSigned(head, held.toString('utf8', end + 4, size))) reply = refusal;
        }
        held = held.subarray(size);
        if (delay === 0) socket.write(reply);
        else setTimeout(() => socket.writable && socket.write(reply), delay);
      }
    });
  };
}

let connections = 0;

/** Starts a server; the result is its origin. */
function listen(protocol, delay) {
  let answer;
  const onConnection = answerRequests(() => answer, delay);
  const server =
    protocol === 'https'
      ? createTlsServer({ key: readFileSync(CERTIFICATE_KEY), cert: readFileSync(CERTIFICATE) }, onConnection)
      : createServer(onConnection);
  server.on('connection', (socket) => {
    connections++;
    socket.setNoDelay();
  });
  return new Promise((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: 16_384 }, () => {
      const origin = `${protocol}://127.0.0.1:${server.address().port}`;
      answer = session(origin);
      resolve(origin);
    });
  });
}

process.send({
  url: await listen('http', 0),
  httpsUrl: await listen('https', 0),
  slowUrl: await listen('http', DELAY_MS),
});
process.on('message', () => process.send({ connections }));
process.on('disconnect', () => process.exit());
