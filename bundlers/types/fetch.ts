// Functions that fit the fetch option, and some that do not.
import { createFaceVerify, type FaceVerifyOptions } from '@faceverify/core';
import { fetch as undici6, ProxyAgent as ProxyAgent6 } from 'undici-6';
import { fetch as undici7, ProxyAgent as ProxyAgent7 } from 'undici-7';

type Fetch = NonNullable<FaceVerifyOptions['fetch']>;

createFaceVerify({ fetch });
createFaceVerify({ fetch: globalThis.fetch });
createFaceVerify({ fetch: (url, init) => fetch(url, init) });
createFaceVerify({ fetch: async (...args: Parameters<typeof fetch>) => fetch(...args) });
createFaceVerify({ fetch: undici6 });
createFaceVerify({ fetch: undici7 });

const proxy6 = new ProxyAgent6('http://127.0.0.1:3128');
const proxy7 = new ProxyAgent7('http://127.0.0.1:3128');
export const throughProxy6: Fetch = (url, init) => undici6(url, { ...init, dispatcher: proxy6 });
export const throughProxy7: Fetch = (url, init) => undici7(url, { ...init, dispatcher: proxy7 });

// @ts-expect-error -- It gives no Response.
createFaceVerify({ fetch: async () => '{}' });
// @ts-expect-error -- It gives no promise.
createFaceVerify({ fetch: () => new Response() });
// @ts-expect-error -- It takes something else than a URL first.
createFaceVerify({ fetch: async (count: number) => new Response(String(count)) });
