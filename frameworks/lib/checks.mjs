// What each route of each app must do. A route is where the ready route is mounted, and where the app calls
// createSession in the framework's own way: by a form of a page, or by a path that takes a form.
import assert from 'node:assert/strict';
import { formHeaders, fromElsewhere, scriptHeaders, send, submitForm } from './send.mjs';

const USER = 'alice';

/** The checks of a route, with a running app that has the right keys. */
export function checksOf({ session, button, own, refuses = false }, { url, vendor }) {
  const page = `${url}/`;
  const cookie = `user=${USER}`;
  const script = { ...scriptHeaders(page), cookie };
  const form = { ...formHeaders(page), cookie };
  const post = (headers) => send(url + session, { headers });
  const postOwn = (change = (headers) => headers) =>
    own.page === undefined
      ? send(url + own.path, { headers: change(form) })
      : submitForm(url + own.page, { cookie }, change);
  const link = () => {
    const made = vendor.sessions.at(-1);
    assert.equal(made?.uniqueIdentifier, USER);
    return made.url;
  };

  const ready = {
    'a script gets the session as JSON': async () => {
      const response = await post(script);
      assert.equal(response.status, 200, response.text);
      const { sessionId, url: given, ...rest } = JSON.parse(response.text);
      assert.deepEqual([typeof sessionId, given, rest], ['string', link(), {}]);
      isPrivate(response);
    },
    'a form is redirected to the link': async () => {
      const response = button === undefined ? await post(form) : await submitForm(url + button, { cookie });
      assert.equal(response.status, 303, response.text);
      assert.equal(response.headers.location, link());
      isPrivate(response);
    },
    'nobody signed in gets 401': async () => {
      const { cookie: _, ...signedOut } = script;
      const response = await post(signedOut);
      isProblem(response, 401, 'unauthenticated');
      assert.equal(vendor.received.length, 0);
    },
    'another site gets 403': async () => {
      // Such a framework takes a request without it for a form.
      const type = refuses && { 'content-type': 'application/json' };
      isProblem(await post({ ...fromElsewhere(script), ...type }), 403, 'cross_site');
      const { status, headers } = await post(fromElsewhere(form));
      assert.equal(status, 403);
      if (!refuses) assert.match(headers['content-type'], /^text\/html/);
      assert.equal(vendor.received.length, 0);
    },
    ...(!refuses && {
      'another site may post elsewhere': async () => {
        const { status } = await send(`${url}/sign-in-response`, { headers: fromElsewhere(form) });
        assert.notEqual(status, 403);
      },
    }),
    'the vendor is down: a script gets problem details': async () => {
      vendor.failFor(USER, { status: 503 });
      isProblem(await post(script), 503, 'unavailable');
    },
    'the vendor is down: a form gets a page': async () => {
      vendor.failFor(USER, { status: 503 });
      const { status, headers, text } = await post(form);
      assert.equal(status, 503, text);
      assert.match(headers['content-type'], /^text\/html/);
      assert.match(text, /The verification service is unavailable/);
    },
  };
  const byHand = own && {
    'createSession in the framework’s own way': async () => {
      const { status, headers, text } = await postOwn();
      assert.equal(status, 303, text);
      assert.equal(headers.location, link());
    },
    'createSession for another site: refused': async () => {
      const { status, text } = await postOwn(fromElsewhere);
      assert.ok(status >= 400, `${status} ${text}`);
      assert.equal(vendor.received.length, 0);
    },
  };
  return { ...(session && ready), ...byHand };
}

/** The checks of a route, with a running app whose secret key is wrong. */
export function wrongKeyChecksOf({ session, own }, { url }) {
  const headers = { cookie: `user=${USER}` };
  return {
    'a wrong key': async () => {
      const page = `${url}/`;
      if (session !== undefined) {
        return isProblem(
          await send(url + session, { headers: { ...scriptHeaders(page), ...headers } }),
          502,
          'rejected',
        );
      }
      const { status } = await submitForm(url + own.page, headers);
      return assert.equal(status, 500);
    },
  };
}

function isProblem({ status, headers, text }, expected, code) {
  assert.equal(status, expected, text);
  assert.match(headers['content-type'], /^application\/problem\+json/);
  assert.equal(JSON.parse(text).code, code);
  isPrivate({ headers });
}

function isPrivate({ headers }) {
  assert.match(headers['cache-control'], /no-store/);
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['x-content-type-options'], 'nosniff');
}
