import type { State } from './api.ts';
import { ConnectionEnded, type Handler } from './connection.ts';

const ANSWER = {
  success: false,
  code: 'emulator_error',
  message:
    'This is an error of the emulator itself, or of your onRequest function. FaceVerify did not send it. ' +
    'The emulator has logged its class and its message.',
};

/** For a port: logs what `handler` throws, and answers 500 with a message that says it is an error of the emulator. */
export function reportErrors(handler: Handler, state: State): Handler {
  return async (request, connection) => {
    try {
      return await handler(request, connection);
    } catch (error) {
      if (error instanceof ConnectionEnded) throw error;
      // oxlint-disable-next-line eslint/no-console -- On a port there is no caller to throw to.
      console.error(`The FaceVerify emulator could not answer a request: ${describe(error, request, state)}`);
      return Response.json(ANSWER, { status: 500, headers: { 'cache-control': 'no-store' } });
    }
  };
}

/** The class and the message, with secrets and identifiers removed: an error of onRequest may quote the request. */
function describe(error: unknown, { headers, url }: Request, { clients, received }: State): string {
  const text = error instanceof Error ? `${error.constructor.name}: ${error.message}` : `a thrown ${typeof error}`;
  const signature = headers.get('x-hmac-signature') ?? undefined;
  const bodies = received.list.filter((one) => one.headers['x-hmac-signature'] === signature).map(({ body }) => body);
  const hidden = [...clients.values(), signature, new URL(url).search, ...bodies, ...bodies.map(identifierIn)];
  return hidden.reduce<string>((shown, value) => (value ? shown.replaceAll(value, '[hidden]') : shown), text);
}

/** The identifier in a body, even if the body was refused. */
function identifierIn(body: string): string | undefined {
  try {
    const json: unknown = JSON.parse(body);
    const value = typeof json === 'object' && json !== null && 'uniqueIdentifier' in json ? json.uniqueIdentifier : '';
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
