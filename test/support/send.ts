import { request } from 'node:http';

/** Sends exactly these headers, unlike `fetch`, which says of itself that it does not navigate. */
export function send(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Readonly<Record<string, string>>; body?: string },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode: status = 0, rawHeaders } = incoming;
        const received = new Headers();
        for (let i = 0; i < rawHeaders.length; i += 2) received.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '');
        const text = Buffer.concat(chunks).toString();
        resolve(new Response(text === '' ? null : text, { status, headers: received }));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
