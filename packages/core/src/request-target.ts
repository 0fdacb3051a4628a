import { FaceVerifyError } from './errors.ts';
import { parseUrl } from './validation.ts';

/** The part of a URL that is signed and sent: what follows the host. */
export interface RequestTarget {
  /** Starts with `/`, exactly as it is sent. */
  readonly path: string;
  /** Without the `?`; empty if there is none. */
  readonly query: string;
}

const ABSOLUTE_HTTP = /^https?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i;

/**
 * Path and query of `url`, or `invalid_params` where the URL would not be sent as it is signed.
 *
 * The vendor's Node, Python and PHP snippets read some URLs differently (Node re-encodes the query,
 * Python drops `;params`). Accepted is what all three read alike.
 */
export function requestTarget(url: string): RequestTarget {
  const parts = ABSOLUTE_HTTP.exec(url);
  if (parts === null) throw refused('is not an absolute http(s) URL such as https://host/path');
  const [, authority = '', path = '', query = ''] = parts;
  if (authority.includes('@')) throw refused('holds a user name or password: leave them out');
  if (path === '') throw refused('has no path: write at least a "/" after the host');
  if (path.includes(';')) throw refused('has a ";" in its path, which some signers drop');

  const parsed = parseUrl(url);
  if (parsed === undefined) throw refused('cannot be parsed: check host and port');
  if (parsed.pathname !== path) {
    throw refused(
      'has a path that is rewritten before it is sent: write it percent-encoded, without dot segments, backslashes or white space',
    );
  }
  if (parsed.searchParams.toString() !== query) {
    throw refused(
      'has a query in another form than URLSearchParams prints: build it with new URLSearchParams(...).toString()',
    );
  }
  return { path, query };
}

// The URL itself is not quoted: its query may carry an identifier.
function refused(why: string): FaceVerifyError {
  return new FaceVerifyError('invalid_params', `The url ${why}.`);
}
