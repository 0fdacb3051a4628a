import type { SignatureMistake } from '@faceverify/core/diagnose';
import { headerOf, type HttpRequest } from './http-request.ts';

/** A key without white space and quotes around it. */
export function withoutQuotes(key: string): string {
  return key
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
}

/** What becomes of a value that a program or an HTTP client did not fill in. */
const NO_VALUE = /^(?:undefined|null|None|nil|\[object \w+\]|\{\{.*\}\}|\$\{?\w+\}?|<.*>)$/s;

/** The mistakes that need no signature to be seen. */
export function headerMistakes(request: HttpRequest, secretKey: string): SignatureMistake[] {
  const apiKey = headerOf(request, 'x-auth-client');
  const signature = headerOf(request, 'x-hmac-signature');
  return [
    ...presence('missing_client', 'x-auth-client', 'the API key', apiKey),
    ...presence(
      'missing_signature',
      'x-hmac-signature',
      'the signature, as 64 lower-case hexadecimal digits',
      signature,
    ),
    ...(apiKey !== undefined && withoutQuotes(apiKey) === secretKey
      ? [
          {
            name: 'keys_exchanged',
            advice:
              'The secret key was sent in x-auth-client. Sign with the secret key, send the API key, and ask ' +
              'FaceVerify for new keys if it was sent to them or anyone else.',
          },
        ]
      : []),
    ...(apiKey !== undefined && apiKey !== withoutQuotes(apiKey)
      ? [{ name: 'key_quotes', advice: 'The API key was sent with quotes around it. Remove them.' }]
      : []),
  ];
}

function presence(name: string, header: string, content: string, value: string | undefined): SignatureMistake[] {
  if (value === undefined || value === '') {
    return [
      { name, advice: `The header ${header} is missing${value === '' ? ' its value' : ''}. Send ${content} in it.` },
    ];
  }
  if (!NO_VALUE.test(withoutQuotes(value))) return [];
  const why = value.includes('Promise') ? 'a promise: await it' : 'what stands there if a variable was not filled in';
  return [{ name, advice: `The header ${header} does not hold ${content}, but ${why}.` }];
}
