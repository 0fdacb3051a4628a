import { describe, expect, test } from 'vitest';
import type { TestContext } from '../test-context.ts';
import { answerWithUrl, expectPage, expectPrivate } from './expectations.ts';

/** Where a link must not lead, given the host of the vendor. */
const BAD_LINKS: readonly (readonly [what: string, url: (host: string) => string])[] = [
  ['another host', () => 'https://evil.example/new/1'],
  ['a host that begins like it', (host) => `http://${host}.evil.example/new/1`],
  ['a host that ends like it', (host) => `http://evil${host}/new/1`],
  ['the host as user info', (host) => `http://${host}@evil.example/new/1`],
  ['user info', (host) => `http://user:password@${host}/new/1`],
  ['another port', (host) => `http://${host.replace(/:\d+$/, ':1')}/new/1`],
  ['another subdomain', (host) => `http://pages.${host}/new/1`],
  ['backslashes', () => '\\\\evil.example\\new'],
  ['a backslash after the scheme', () => 'http:\\\\evil.example/new/1'],
  ['a backslash in the authority', (host) => `http://${host}\\@evil.example/new/1`],
  ['no scheme', () => '//evil.example/new/1'],
  ['a path alone', () => '/new/1'],
  ['no slashes', (host) => `http:${host}/new/1`],
  ['a tab in the authority', (host) => `http://${host}\t@evil.example/new/1`],
  ['a script', () => 'javascript:alert(1)//evil.example'],
  ['a script that names the host', (host) => `javascript://${host}/%0aalert(1)`],
  ['data', () => 'data:text/html,<h1>evil</h1>'],
  ['a line end', (host) => `http://${host}/new/1\r\nset-cookie: evil=1`],
  ['white space before', (host) => ` http://${host}/new/evil`],
  ['nothing', () => ''],
];

export function redirectsToTheVendorOnly(context: TestContext): void {
  describe('a session whose link', () => {
    test.each(BAD_LINKS)('has %s is refused', async (_what, urlFor) => {
      const { host } = new URL(context.vendorOrigin);
      context.vendor.failNext(answerWithUrl(urlFor(host)));
      const answer = await context.visit('/redirect');
      expectPage(answer, 502);
      expect(JSON.stringify(answer)).not.toContain('evil');
    });

    test('leads to a host that the options do not name is refused, and onError is told which option to add', async () => {
      context.vendor.failNext(answerWithUrl('https://pages.example.com/new/1'));
      expectPage(await context.visit('/redirect'), 502);
      const notes = await context.notes();
      expect(notes).toMatchObject([{ toldTo: 'onError', code: 'bad_response' }]);
      expect(notes[0]?.message).toContain('sessionHosts');
    });

    test('leads to one of sessionHosts is followed', async () => {
      context.vendor.failNext(answerWithUrl('https://pages.example.com/new/1'));
      const answer = await context.visit('/page-hosts', { headers: { accept: 'text/html' } });
      expectPrivate(answer);
      expect(answer).toMatchObject({ status: 303, headers: { location: 'https://pages.example.com/new/1' } });
    });
  });
}
