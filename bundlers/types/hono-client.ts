// A page's typed client of an app with the ready route.
import { faceVerify, sessionHandler } from '@faceverify/hono';
import { Hono } from 'hono';
import { hc } from 'hono/client';

const app = new Hono()
  .use(faceVerify())
  .post('/face-verify/session', sessionHandler({ identify: () => ({ uniqueIdentifier: 'user-1' }) }))
  .get('/health', (c) => c.json({ ok: true }));

const client = hc<typeof app>('https://app.example.com');

export async function start(): Promise<string> {
  const response = await client['face-verify'].session.$post();
  if (response.status === 200) {
    const { sessionId, url } = await response.json();
    const both: [string, string] = [sessionId, url];
    // @ts-expect-error -- The token stays on the server.
    void (await response.json()).token;
    return both[1];
  }
  if (response.status === 401 || response.status === 503) {
    const problem = await response.json();
    const code: string = problem.code;
    // @ts-expect-error -- A problem has no link.
    void problem.url;
    return code;
  }
  // @ts-expect-error -- The route never answers this.
  if (response.status === 418) return '';
  // @ts-expect-error -- It is a POST route.
  void client['face-verify'].session.$get;
  // @ts-expect-error -- Misspelt.
  void client['face-verify'].sesion;
  return String((await (await client.health.$get()).json()).ok);
}
