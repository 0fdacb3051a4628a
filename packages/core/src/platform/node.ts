import { BASE_URL_VARIABLE, type Environment, VARIABLES } from '../keys.ts';
import { createFetchTransport } from './fetch.ts';
import { builtin } from './node-builtin.ts';
import { createHttpTransport } from './node-http.ts';
import type { HmacSha256, ProcessEnvironment, Transport, TransportSettings } from './platform.ts';

const { createHmac } = builtin('node:crypto');

/** The part of Deno that tells which variables the user has granted. */
interface DenoPermissions {
  readonly permissions?: { querySync(query: { name: 'env'; variable: string }): { readonly state: string } };
}

/** Under Deno, a variable that is not granted is unset: reading it would ask the user, or throw. */
export const processEnvironment: ProcessEnvironment = () => {
  const { Deno } = globalThis as { Deno?: DenoPermissions };
  const environment: Environment = process.env;
  const permissions = Deno?.permissions;
  if (typeof permissions?.querySync !== 'function') return environment;
  const granted = [...Object.values(VARIABLES), BASE_URL_VARIABLE].filter(
    (variable) => permissions.querySync({ name: 'env', variable }).state === 'granted',
  );
  return Object.fromEntries(granted.map((variable) => [variable, environment[variable]]));
};

export const hmacSha256: HmacSha256 = (key) => {
  const bytes = Buffer.from(key); // A copy, since bytes may change.
  return (head, body) => {
    const hmac = createHmac('sha256', bytes);
    return (typeof body === 'string' ? hmac.update(head + body) : hmac.update(head).update(body)).digest('hex');
  };
};

export function createTransport(settings: TransportSettings): Transport {
  return settings.fetch === undefined ? createHttpTransport(settings) : createFetchTransport(settings);
}
