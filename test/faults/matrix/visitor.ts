import { once } from 'node:events';
import net from 'node:net';

/** A whole answer of an app. */
export interface Visit {
  /** Every byte of it. */
  readonly raw: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Posts to an app as a visitor's browser does, over a bare socket, so that nothing is hidden. */
export async function visit(url: string, path: string): Promise<Visit> {
  const { hostname, port, host } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.write(`POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  await once(socket, 'close');
  const raw = Buffer.concat(pieces).toString('utf8');
  const headEnd = raw.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = raw.slice(0, headEnd).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const rest = raw.slice(headEnd + 4);
  return {
    raw,
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: headers.get('transfer-encoding') === 'chunked' ? unchunk(rest) : rest,
  };
}

function unchunk(text: string): string {
  const bytes = Buffer.from(text);
  let body = '';
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const length = parseInt(bytes.subarray(at, lineEnd).toString(), 16);
    if (!(length > 0)) return body;
    body += bytes.subarray(lineEnd + 2, lineEnd + 2 + length).toString();
    at = lineEnd + 2 + length + 2;
  }
}
