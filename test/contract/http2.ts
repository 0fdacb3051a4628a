import { once } from 'node:events';
import { connect, constants, createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SilentHost } from '../support/unreachable-host.ts';
import { listen } from '../support/listen.ts';

/** The status of a POST over HTTP/2, where the host is not in a header of its own but in `:authority`. */
export async function statusOverHttp2(
  listener: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const server = createServer(listener);
  const session = connect(`http://127.0.0.1:${await listen(server)}`);
  try {
    const stream = session.request({ ':method': 'POST', ':path': '/session', ...headers });
    // Safe: the only argument that this event comes with first.
    const [answer] = (await once(stream.resume(), 'response')) as [{ readonly ':status': number }];
    return answer[':status'];
  } finally {
    session.destroy();
    server.close();
  }
}

/** Whether the call to a vendor that never answers is given up once the visitor resets the stream, over HTTP/2. */
export async function givesUpOverHttp2(
  listener: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
  vendor: SilentHost,
): Promise<boolean> {
  const server = createServer(listener);
  const session = connect(`http://127.0.0.1:${await listen(server)}`);
  try {
    const asked = vendor.nextRequest();
    const stream = session.request({ ':method': 'POST', ':path': '/session' }).on('error', () => undefined);
    const call = await asked;
    stream.close(constants.NGHTTP2_CANCEL); // The session, and so the socket, stays open.
    const given = once(call, 'close').then(() => true);
    return await Promise.race([given, sleep(2_000, false, { ref: false })]);
  } finally {
    session.destroy();
    server.close();
  }
}
