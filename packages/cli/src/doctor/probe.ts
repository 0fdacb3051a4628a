import http from 'node:http';
import https from 'node:https';

/** A request to send once. */
export interface ProbeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Sends through the proxy of the environment: Node gives it to its own agent. */
  readonly viaProxy?: boolean | undefined;
}

/** What came back. */
export interface ProbeResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** No answer in time. */
export class NoAnswer extends Error {}

const MAX_BODY_BYTES = 65_536;

/** Sends a request on a connection of its own. Certificates are checked, and redirects are not followed. */
export function probe({
  method,
  url,
  headers = {},
  body,
  timeoutMs,
  viaProxy = false,
}: ProbeRequest): Promise<ProbeResponse> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sentAt = Date.now();
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = {
      method,
      headers: { 'user-agent': 'faceverify-doctor', ...headers, ...length },
      ...(!viaProxy && { agent: false }),
      rejectUnauthorized: true,
    };
    const outgoing = request(url, options, (response) => {
      const answeredAt = Date.now();
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (): void => {
        clearTimeout(timer);
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, headers: received, body: Buffer.concat(chunks).toString(), sentAt, answeredAt });
        outgoing.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > MAX_BODY_BYTES) finish();
      });
      response.on('error', fail);
      response.on('end', finish);
    });
    const timer = setTimeout(() => outgoing.destroy(new NoAnswer()), timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
