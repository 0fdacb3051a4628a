/** A request as a test sends it. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request as its senders show it. */
export const FORMATS: Readonly<Record<string, (sent: Sent) => Buffer>> = {
  'curl of Chrome': ({ method, url, headers, body }) =>
    Buffer.concat([
      Buffer.from(`curl ${single(url)} \\\n  -X ${single(method)} \\\n`),
      ...Object.entries(headers).map(([name, value]) => Buffer.from(`  -H ${single(`${name}: ${value}`)} \\\n`)),
      Buffer.from("  --data-raw $'"),
      Buffer.from(
        body.toString() === ''
          ? ''
          : Buffer.from(body)
              .toString('latin1')
              .replace(/['\\]|[^\x20-\x7e]/g, ansi),
      ),
      Buffer.from("' \\\n  --compressed"),
    ]),
  'curl of Postman': ({ method, url, headers, body }) =>
    Buffer.concat([
      Buffer.from(`curl --location --request ${method} ${single(url)} \\\n`),
      ...Object.entries(headers).map(([name, value]) => Buffer.from(`--header ${single(`${name}: ${value}`)} \\\n`)),
      Buffer.from("--data '"),
      // A quote ends the text, so that the next one can be written.
      Buffer.from(Buffer.from(body).toString('latin1').replaceAll("'", "'\\''"), 'latin1'),
      Buffer.from("'\n"),
    ]),
  HAR: ({ method, url, headers, body }) => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
    const isText = Buffer.from(text).equals(body);
    const postData = isText
      ? { mimeType: 'application/json', text }
      : { mimeType: 'application/json', text: Buffer.from(body).toString('base64'), encoding: 'base64' };
    const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
    const other = { request: { method: 'GET', url: 'https://app.example/', headers: [] }, response: { status: 200 } };
    const entry = { request: { method, url, headers: list, postData }, response: { status: 400 } };
    return Buffer.from(JSON.stringify({ log: { version: '1.2', entries: [other, entry] } }));
  },
  'raw HTTP': ({ method, url, headers, body }) => {
    const { host } = new URL(url);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const target = url.slice(url.indexOf(host) + host.length);
    const head = `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  },
};

/** Quoted for a POSIX shell. */
function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function ansi(byte: string): string {
  return /['\\]/.test(byte) ? `\\${byte}` : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
