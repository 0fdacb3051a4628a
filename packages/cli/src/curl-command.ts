/** A request to write as a curl command. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The file that holds the body, for one that no argument can hold. */
  readonly bodyFile?: string | undefined;
}

/** More is no longer read by anyone, and some systems refuse it as an argument. */
const MAX_INLINE_BYTES = 16_384;

/** The command that sends exactly this request, for bash and zsh. A body that no argument can hold is left to a file. */
export function curlCommand({ method, url, headers, body, bodyFile }: CurlRequest): string {
  const bytes = Buffer.from(body);
  const data =
    bytes.length === 0
      ? []
      : bytes.length > MAX_INLINE_BYTES || bytes.includes(0)
        ? [`--data-binary ${quote(`@${bodyFile ?? 'body.json'}`)}`]
        : [`--data-raw ${quote(bytes.toString('latin1'))}`];
  // Otherwise curl reads braces and brackets of a URL as a pattern.
  const glob = /[[\]{}]/.test(url) ? ['--globoff'] : [];
  return [
    `curl -X ${method} ${quote(binary(url))}`,
    ...glob,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(binary(`${name}: ${value}`))}`),
    ...data,
  ].join(' \\\n  ');
}

function binary(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Quotes a binary string. What a terminal would obey, or not show, is written as an escape. */
function quote(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  const isText = Buffer.from(text).toString('latin1') === bytes;
  if (isText && !/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = bytes.replace(/[^\x20-\x7e]|['\\]/g, (byte) =>
    byte === '\n' ? '\\n' : /['\\]/.test(byte) ? `\\${byte}` : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `$'${escaped}'`;
}
