// What each example must do, as examples/shared/example-suite.ts asks of those that run on Node alone.
import assert from 'node:assert/strict';
import { formHeaders, fromElsewhere, scriptHeaders, send } from './send.mjs';

const SESSION = '/face-verify/session';
const OWN = '/kyc';

/** With the keys of an account. */
export function exampleChecksOf(_route, { url, vendor }) {
  const script = { ...scriptHeaders(`${url}/`), cookie: 'demo_person=ada' };
  const form = { ...formHeaders(`${url}/`), cookie: 'demo_person=ada' };
  const bodies = () => vendor.received.map(({ body }) => JSON.parse(body));
  return {
    'the page and its files': async () => {
      const { status, text } = await send(url, { method: 'GET' });
      assert.equal(status, 200);
      assert.match(text, /Who are you\?/);
      const files = [...text.matchAll(/(?:href|src)="(\/\w+\.\w+)"/g)].map(([, path]) => path);
      assert.deepEqual([...new Set(files)].sort(), ['/icon.svg', '/page.css', '/page.js']);
      for (const file of files) assert.equal((await send(url + file, { method: 'GET' })).status, 200, file);
    },
    'signing in': async () => {
      const { status, headers } = await send(`${url}/sign-in/ada`, { headers: formHeaders(`${url}/`) });
      assert.deepEqual([status, headers.location], [303, '/']);
      assert.match(String(headers['set-cookie']), /^demo_person=ada; /);
      const { text } = await send(url, { method: 'GET', headers: { cookie: 'demo_person=ada' } });
      assert.match(text, /Ada Moreno/);
    },
    'a session by script': async () => {
      const { status, text } = await send(url + SESSION, { headers: script });
      assert.equal(status, 200, text);
      assert.deepEqual(Object.keys(JSON.parse(text)), ['sessionId', 'url']);
      assert.deepEqual(bodies(), [{ country: 'US', uniqueIdentifier: 'ada' }]);
    },
    'a session by form': async () => {
      const { status, headers } = await send(url + OWN, { headers: form });
      assert.deepEqual([status, headers.location], [303, vendor.sessions.at(-1)?.url]);
      assert.deepEqual(bodies(), [{ country: 'US', uniqueIdentifier: 'ada' }]);
    },
    'another site gets 403': async () => {
      assert.equal((await send(url + SESSION, { headers: fromElsewhere(script) })).status, 403);
      assert.equal((await send(url + OWN, { headers: fromElsewhere(form) })).status, 403);
      assert.equal(vendor.received.length, 0);
    },
    'nobody signed in gets no session': async () => {
      assert.equal((await send(url + SESSION, { headers: { ...script, cookie: '' } })).status, 401);
      const { status, headers } = await send(url + OWN, { headers: { ...form, cookie: '' } });
      assert.deepEqual([status, headers.location], [303, '/']);
      assert.equal(vendor.received.length, 0);
    },
    'a failure shows the page': async () => {
      vendor.failFor('ada', { status: 401 });
      const { status, text } = await send(url + OWN, { headers: form });
      assert.equal(status, 502, text);
      assert.match(text, /Verification could not be started/);
    },
  };
}

/** Without keys: the example starts an emulator of its own. */
export function keylessChecksOf(_route, { url, vendor }) {
  return {
    'an emulator of its own': async () => {
      const headers = { ...scriptHeaders(`${url}/`), cookie: 'demo_person=ada' };
      const { status, text } = await send(url + SESSION, { headers });
      assert.equal(status, 200, text);
      const page = await send(JSON.parse(text).url, { method: 'GET' });
      assert.match(page.text, /This is an emulator, not FaceVerify/);
      assert.equal(vendor.received.length, 0);
    },
  };
}
