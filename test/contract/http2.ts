import { once } from 'node:events';
import { connect, createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
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
