import { createServer, type Socket } from 'node:net';
import { close, listen } from '../../../test/support/listen.ts';

/** One HTTP request, as its bytes arrived. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Lower-case names; a repeated header is joined as Node would. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A server that understands just enough HTTP/1.1 to keep what arrived, byte by byte. */
export interface RawServer {
  readonly url: string;
  readonly requests: RawRequest[];
  /** How many connections were opened. */
  connections(): number;
  /** How many of them are open now. */
  open(): number;
  close(): Promise<void>;
}

/** The documented answer. Source: the vendor's page. */
export function documentedAnswer(baseUrl: string): string {
  const data = { sessionId: 'session123', baseUrl, Token: 'token123', url: `${baseUrl}/new/token123` };
  return JSON.stringify({ success: true, data });
}

/** The bytes of an answer with this body. */
export function httpAnswer(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers });
  return `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** Starts a server on loopback; `answer` writes whatever it wants to the socket. */
export async function startRawServer(
  answer: (request: RawRequest, socket: Socket, index: number) => void,
): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let opened = 0;
  const server = createServer((socket) => {
    opened++;
    sockets.add(socket);
    let buffer = Buffer.alloc(0);
    socket.on('error', () => undefined); // The client may give up at any time.
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let request = parse(buffer); request !== undefined; request = parse(buffer)) {
        buffer = buffer.subarray(request.length);
        requests.push(request);
        answer(request, socket, requests.length);
      }
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => opened,
    open: () => sockets.size,
    close: () => close(server, sockets),
  };
}

function parse(buffer: Buffer): (RawRequest & { length: number }) | undefined {
  const end = buffer.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [first = '', ...lines] = buffer.subarray(0, end).toString('latin1').split('\r\n');
  const [method = '', target = ''] = first.split(' ');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const bodyLength = Number(headers['content-length'] ?? 0);
  const length = end + 4 + bodyLength;
  if (buffer.length < length) return undefined;
  return { method, target, headers, body: buffer.subarray(end + 4, length), length };
}
