import type { AnswerHeaders } from './fault.ts';
import { headerOf, type ReceivedRequest } from './received-request.ts';
import { LINK, SESSION_ID, TOKEN, VENDOR_COOKIE } from './secrets.ts';

/** The answer that the vendor documents. Its `data` can be replaced in parts. */
export function sessionAnswer(origin: string, data: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ success: true, data: { ...sessionData(origin), ...data } });
}

/** The four documented fields. */
export function sessionData(origin: string): Readonly<Record<string, string>> {
  return { sessionId: SESSION_ID, baseUrl: origin, Token: TOKEN, url: `${origin}/new/${LINK}` };
}

/** A whole HTTP message. It always carries headers that must not reach the visitor. */
export function message(status: number, body: string | Buffer, headers: AnswerHeaders = {}): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([head(status, { 'content-length': String(bytes.length), ...headers }), bytes]);
}

/** Status line and headers of a message, with the empty line. */
export function head(status: number, headers: AnswerHeaders = {}): Buffer {
  const lines = Object.entries({
    'content-type': 'application/json',
    'set-cookie': VENDOR_COOKIE,
    'access-control-allow-origin': '*',
    ...headers,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** Bytes as one piece of a chunked body. */
export function chunk(bytes: string | Buffer): Buffer {
  const data = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
}

/** All of a request that a careless vendor could quote in an error: none of it may be shown. The secret is not sent. */
export function hostileBody(request: ReceivedRequest, origin: string): string {
  const signature = headerOf(request.head, 'x-hmac-signature') ?? '';
  const body = request.body.toString('utf8');
  const identifier = /"uniqueIdentifier":("(?:[^"\\]|\\.)*")/.exec(body)?.[1] ?? '""';
  const said = [signature, String(JSON.parse(identifier))].flatMap((value) => {
    const bytes = Buffer.from(value);
    return [
      value,
      encodeURIComponent(value),
      new URLSearchParams({ value }).toString(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
    ];
  });
  return JSON.stringify({
    success: false,
    message: `Signature ${signature} of ${body} is wrong`,
    said,
    token: TOKEN,
    link: `${origin}/new/${LINK}`,
    request: { head: request.head, body },
    stack: `Error: ${signature}\n    at sign (/srv/vendor/sign.js:1:1)`,
    status: 401,
    statusCode: 401,
    headers: { 'set-cookie': VENDOR_COOKIE },
    expose: true,
  });
}
