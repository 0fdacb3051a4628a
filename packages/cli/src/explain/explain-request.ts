import { explainSignature, type SignatureMistake } from '@faceverify/core/diagnose';
import { guardOf } from '../secret-guard.ts';
import { headerMistakes, withoutQuotes } from './header-mistakes.ts';
import { headerOf, type HttpRequest } from './http-request.ts';
import { rightCommand } from './right-command.ts';

/** What a request's signature is worth. */
export interface Explanation {
  readonly valid: boolean;
  readonly mistakes: readonly SignatureMistake[];
  /** The string to sign, each line end shown as `\n`, without the keys. */
  readonly stringToSign: string;
  /** The command that sends the request with the right signature; `undefined` where that cannot be said. */
  readonly curl: string | undefined;
  /** What is worth knowing besides, in sentences. */
  readonly notes: readonly string[];
}

/** The keys that the user has. */
export interface OwnKeys {
  readonly secretKey: string;
  /** The API key of the environment. */
  readonly apiKey: string | undefined;
}

const OTHER_API_KEY: SignatureMistake = {
  name: 'other_api_key',
  advice: 'The API key of FACEVERIFY_API_KEY was signed, but another one was sent. Use the same one in both places.',
};

const BODY_BYTES: SignatureMistake = {
  name: 'body_bytes',
  advice: 'The body begins with a byte order mark, or is not UTF-8. Send the bytes of the text that was signed.',
};

/** Explains a request: which mistakes its signature was made with, and how to send it rightly. */
export async function explainRequest(request: HttpRequest, { secretKey, apiKey }: OwnKeys): Promise<Explanation> {
  // An empty variable is none.
  const own = { secretKey, apiKey: apiKey === '' ? undefined : apiKey };
  const guard = guardOf(own.secretKey);
  const ofHeaders = headerMistakes(request, own.secretKey);
  const has = (name: string): boolean => ofHeaders.some((mistake) => mistake.name === name);
  const sentKey = has('missing_client') ? '' : (headerOf(request, 'x-auth-client') ?? '');
  const isSecretSent = has('keys_exchanged');

  const { method, url, body } = request;
  const signed = {
    method,
    url,
    body,
    contentType: headerOf(request, 'content-type') ?? '',
    apiKey: sentKey === '' ? (own.apiKey ?? '') : sentKey,
    // What signed is then the other key, where that is known.
    secretKey: isSecretSent ? (own.apiKey ?? own.secretKey) : own.secretKey,
    signature: headerOf(request, 'x-hmac-signature') ?? '',
  };
  const { valid, mistakes, stringToSign } = await explainSignature(signed);
  const isExplained = valid || mistakes.some(({ name }) => name !== 'ambiguous_url');
  const ofSignature = has('missing_signature')
    ? []
    : isExplained
      ? mistakes
      : [...(await mistakesWithOwnKey(signed, own.apiKey)), ...mistakes];

  // Beside another mistake, the bytes are not looked at again.
  const ofBytes = ofSignature.length > 0 && !isPlainText(body) ? [BODY_BYTES] : [];
  const all = [...ofHeaders, ...ofSignature, ...ofBytes];
  const rightApiKey = isSecretSent || sentKey === '' ? own.apiKey : withoutQuotes(sentKey);
  const isSecretIn = [url, Buffer.from(body).toString(), rightApiKey ?? ''].some(guard.isIn);
  return {
    valid: valid && all.length === 0,
    mistakes: all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index),
    stringToSign: guard.hide(stringToSign),
    curl: isSecretIn ? undefined : await rightCommand(request, rightApiKey, own.secretKey),
    notes: notesOn(request, { own, sentKey, isSecretIn: isSecretIn || isInOtherHeader(request, guard.isIn) }),
  };
}

/** The signature may be right for the API key that the user has, while another one was sent. */
async function mistakesWithOwnKey(
  signed: Parameters<typeof explainSignature>[0],
  apiKey: string | undefined,
): Promise<readonly SignatureMistake[]> {
  if (!apiKey || apiKey === signed.apiKey) return [];
  const { valid, mistakes } = await explainSignature({ ...signed, apiKey });
  const others = mistakes.filter(({ name }) => name !== 'ambiguous_url');
  return valid || others.length > 0 ? [OTHER_API_KEY, ...others] : [];
}

function isInOtherHeader({ headers }: HttpRequest, isSecret: (text: string) => boolean): boolean {
  return headers.some(([name, value]) => name.toLowerCase() !== 'x-auth-client' && isSecret(value));
}

interface Circumstances {
  readonly own: OwnKeys;
  readonly sentKey: string;
  readonly isSecretIn: boolean;
}

/** What else may make FaceVerify refuse the request. Source: the vendor's page. */
function notesOn(request: HttpRequest, { own, sentKey, isSecretIn }: Circumstances): string[] {
  const { method, url, body } = request;
  const contentType = headerOf(request, 'content-type');
  const isCall = method === 'POST' && URL.canParse(url) && new URL(url).pathname === '/api/v1/session';
  const notes: [applies: boolean, note: string][] = [
    [
      isSecretIn,
      'The request holds your secret key. It signs and is never sent: take it out, and ask FaceVerify for new keys.',
    ],
    [
      own.apiKey !== undefined && sentKey !== '' && withoutQuotes(sentKey) !== own.apiKey,
      'The API key that was sent is not that of FACEVERIFY_API_KEY. Check that it belongs to the secret key.',
    ],
    [!isCall, 'The only call that FaceVerify documents is POST /api/v1/session.'],
    [contentType !== 'application/json', 'FaceVerify documents Content-Type: application/json, without a charset.'],
    [
      isCall && !isJsonObject(body),
      'The body is not a JSON object. FaceVerify documents one with country and uniqueIdentifier.',
    ],
    [headerOf(request, 'authorization') !== undefined, 'FaceVerify documents no Authorization header.'],
  ];
  return notes.filter(([applies]) => applies).map(([, note]) => note);
}

/** Whether the text of the body is these bytes again. */
function isPlainText(body: Uint8Array): boolean {
  return Buffer.from(new TextDecoder().decode(body)).equals(body);
}

function isJsonObject(body: Uint8Array): boolean {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
    return typeof json === 'object' && json !== null && !Array.isArray(json);
  } catch {
    return false;
  }
}
