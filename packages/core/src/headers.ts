/** The only content type that the vendor documents; a charset would change the signature. */
export const JSON_CONTENT_TYPE = 'application/json';

/** Printable ASCII without spaces: all that a key may consist of, since it is sent in a header. */
export const PRINTABLE: RegExp = /^[\x21-\x7e]+$/;

/** The headers that carry a signature, in lower case. Source: the vendor's page, "Header parameters". */
// A type alias, since the headers of `fetch` do not take an interface.
export type SignedHeaders = {
  readonly 'content-type': string;
  readonly 'x-auth-client': string;
  readonly 'x-hmac-signature': string;
};

/** The headers to send with a signature, exactly as they were signed. */
export function signedHeaders(apiKey: string, contentType: string, signature: string): SignedHeaders {
  return { 'content-type': contentType, 'x-auth-client': apiKey, 'x-hmac-signature': signature };
}

/** All headers of a call by the client: spelled out, since a spread would cost a tenth of a call. */
export function requestHeaders(apiKey: string, signature: string): Record<string, string> {
  return {
    'content-type': JSON_CONTENT_TYPE,
    'x-auth-client': apiKey,
    'x-hmac-signature': signature,
    accept: 'application/json',
    'user-agent': 'faceverify-middleware', // Some firewalls refuse a request that has none.
  };
}
