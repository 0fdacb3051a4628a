import { createHmac } from 'node:crypto';

/** A request as it arrived, byte by byte. */
export interface ReceivedRequest {
  /** Request line and header lines, without the empty line behind them. */
  readonly head: string;
  readonly body: Buffer;
}

const HEAD_END = '\r\n\r\n';

/** Takes a whole request from the front of what was received, or `undefined` while it is incomplete. */
export function takeRequest(received: Buffer): { request: ReceivedRequest; rest: Buffer } | undefined {
  const headLength = received.indexOf(HEAD_END);
  if (headLength === -1) return undefined;
  // latin1 keeps every byte as one character.
  const head = received.subarray(0, headLength).toString('latin1');
  const bodyStart = headLength + HEAD_END.length;
  const bodyEnd = bodyStart + Number(headerOf(head, 'content-length') ?? 0);
  if (received.length < bodyEnd) return undefined;
  return { request: { head, body: received.subarray(bodyStart, bodyEnd) }, rest: received.subarray(bodyEnd) };
}

/** The value of the header line `name` (in lower case) as it arrived. */
export function headerOf(head: string, name: string): string | undefined {
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return undefined;
}

/**
 * Whether the signature is right, from the raw bytes alone. It shares no line with the core.
 *
 * Source: the vendor's page, "Generate hmac signature".
 */
export function isSigned({ head, body }: ReceivedRequest, secretKey: string): boolean {
  const [method = '', target = ''] = (head.split('\r\n')[0] ?? '').split(' ');
  const questionMark = target.indexOf('?');
  const path = questionMark === -1 ? target : target.slice(0, questionMark);
  const query = questionMark === -1 ? '' : target.slice(questionMark + 1);
  const apiKey = headerOf(head, 'x-auth-client') ?? '';
  const contentType = headerOf(head, 'content-type') ?? '';
  const wanted = createHmac('sha256', Buffer.from(secretKey, 'utf8'))
    .update(`${method}\n${path}\n${query}\n${apiKey}\n${contentType}\n`)
    .update(body)
    .digest('hex');
  return headerOf(head, 'x-hmac-signature') === wanted;
}
