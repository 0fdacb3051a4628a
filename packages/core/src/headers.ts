/** The only content type that the vendor documents; a charset would change the signature. */
export const JSON_CONTENT_TYPE = 'application/json';

/** Printable ASCII without spaces: what a key may consist of, since it is sent in a header. */
export const PRINTABLE: RegExp = /^[\x21-\x7e]+$/;

/** Carries the signature. Source: the vendor's page, "Header parameters". */
export const SIGNATURE_HEADER = 'x-hmac-signature';

/** The headers of a signed request, in lower case. Source: as above. */
// A type, since `fetch` takes no interface for its headers.
export type SignedHeaders = {
  readonly 'content-type': string;
  readonly 'x-auth-client': string;
  readonly [SIGNATURE_HEADER]: string;
};

/** The headers to send with a signature, as they were signed. */
export function signedHeaders(apiKey: string, contentType: string, signature: string): SignedHeaders {
  return { 'content-type': contentType, 'x-auth-client': apiKey, [SIGNATURE_HEADER]: signature };
}

/** The headers that are the same in every request of a client. */
export function fixedHeaders(apiKey: string): Readonly<Record<string, string>> {
  return {
    'content-type': JSON_CONTENT_TYPE,
    'x-auth-client': apiKey,
    accept: 'application/json',
    'user-agent': 'faceverify-middleware', // Some firewalls refuse a request that has none.
  };
}
