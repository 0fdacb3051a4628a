import { describe, expect, test } from 'vitest';
import { readRequest } from '../src/explain/read-request.ts';

const SESSION = 'https://start.faceverify.ai/api/v1/session';

function read(text: string | Buffer, body?: string) {
  const request = readRequest(Buffer.from(text), { body: body === undefined ? undefined : Buffer.from(body) });
  const { method, url, headers } = request;
  return { method, url, headers: Object.fromEntries(headers), body: Buffer.from(request.body).toString() };
}

const CHROME_CMD = `curl ^"https://start.faceverify.ai/api/v1/session^" ^
  -H ^"accept: */*^" ^
  -H ^"x-auth-client: key^" ^
  --data-raw ^"^{^\\^"country^\\^":^\\^"AT^\\^",^\\^"uniqueIdentifier^\\^":^\\^"100^% ^& a^^b^\\^"^}^"`;

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('reads a curl command', () => {
  test.each<[string, string, Partial<ReturnType<typeof read>>]>([
    [
      'of one line',
      `curl -X POST ${SESSION} -d '{"a":1}'`,
      { method: 'POST', url: SESSION, body: '{"a":1}', headers: FORM },
    ],
    ['with a prompt before it', `$ curl ${SESSION} -d a`, { body: 'a' }],
    ['with variables before it', `KEY=1 time /usr/bin/curl ${SESSION} -d a`, { body: 'a' }],
    ['after other lines', `BODY='{}'\n\ncurl ${SESSION} -d a`, { body: 'a' }],
    ['of Windows', `C:\\tools\\curl.exe ${SESSION} -d a`, { body: 'a' }],
    ['with a pipe behind it', `curl -s ${SESSION} -d a | jq . > out.json`, { body: 'a', url: SESSION }],
    ['with redirections', `curl ${SESSION} -d a 2>/dev/null >"out file"`, { body: 'a', url: SESSION }],
    ['with another command behind it', `curl ${SESSION} -d a && echo done\ncurl other`, { body: 'a', url: SESSION }],
    [
      'without a scheme',
      'curl localhost:4400/api/v1/session',
      { method: 'GET', url: 'http://localhost:4400/api/v1/session' },
    ],
    ['with --json', `curl --json '{}' ${SESSION}`, { method: 'POST', body: '{}', headers: JSON_TYPE }],
    ['with two --json', `curl --json '{"a":' --json '1}' ${SESSION}`, { body: '{"a":1}' }],
    ['with two -d', `curl -d a=1 -d b=2 ${SESSION}`, { body: 'a=1&b=2' }],
    ['with -G', `curl -G -d a=1 '${SESSION}?b=2'`, { method: 'GET', url: `${SESSION}?b=2&a=1`, body: '' }],
    ['with --data-urlencode', `curl --data-urlencode 'a=b c' ${SESSION}`, { body: 'a=b+c' }],
    ['with --data-binary', `curl --data-binary '{"a":\n1}' ${SESSION}`, { body: '{"a":\n1}' }],
    ['with --data-raw @', `curl --data-raw @a ${SESSION}`, { body: '@a' }],
    [
      'with letters in one word',
      `curl -sSLXPOST -HX-A:b -d'{}' ${SESSION}`,
      { method: 'POST', body: '{}', headers: { 'X-A': 'b', ...FORM } },
    ],
    ['with -I', `curl -I ${SESSION}`, { method: 'HEAD' }],
    [
      'with --url and -u',
      `curl -u me:pass --url ${SESSION} -X PUT`,
      { method: 'PUT', url: SESSION, headers: { authorization: 'user' } },
    ],
    [
      'with options that take values',
      `curl -o out -m 5 --retry 3 --proxy p:1 -A agent -b c=d ${SESSION}`,
      { url: SESSION, headers: {} },
    ],
    ['that removes a header', `curl -d a -H 'Content-Type:' -H 'X-Empty;' ${SESSION}`, { headers: { 'X-Empty': '' } }],
    ['with a method in lower case', `curl -X post ${SESSION}`, { method: 'post' }],
    ['in double quotes', `curl "${SESSION}" -d "{\\"a\\": \\"\\$5 \\\\ \\n\\"}"`, { body: '{"a": "$5 \\ \\n"}' }],
    ['with a dollar that is none', `curl ${SESSION} -d "5$ $1"`, { body: '5$ $1' }],
    ['with quotes within a word', `curl ${SESSION} -d 'it'\\''s "'"'"'"'`, { body: `it's "'"` }],
    [
      "in $'...'",
      `curl ${SESSION} -d $'a\\'\\n\\u00eb\\x41\\101\\t\\\\ \\U0001f600 \\cA \\q'`,
      { body: "a'\nëAA\t\\ 😀 \x01 \\q" },
    ],
    ['with bytes beyond ASCII', `curl ${SESSION} -d 'Zoë 😀'`, { body: 'Zoë 😀' }],
    ['with lines that end in CR LF', `curl ${SESSION} \\\r\n  -d 'a' \\\r\n  -X POST\r\n`, { body: 'a' }],
    ['continued as in PowerShell', `curl.exe ${SESSION} \`\n  -d 'a' \`\r\n  -X PUT`, { body: 'a', method: 'PUT' }],
    ['with comments', `curl ${SESSION} -d a # a comment -d b`, { body: 'a' }],
    ['with a here-document', `curl ${SESSION} --json @- <<'EOF'\n{"a":\n "$1"}\nEOF\n`, { body: '{"a":\n "$1"}\n' }],
    ['with a here-document for -d', `curl ${SESSION} -d @- <<EOF | jq\n{"a":\n 1}\nEOF`, { body: '{"a": 1}' }],
    [
      'of Chrome for cmd.exe',
      CHROME_CMD,
      {
        body: '{"country":"AT","uniqueIdentifier":"100% & a^b"}',
        headers: { accept: '*/*', 'x-auth-client': 'key', ...FORM },
      },
    ],
    [
      'of Burp',
      `curl --path-as-is -i -s -k -X $'POST' -H $'X-A: b' -b $'c=d' --data-binary $'{\\x0a}' $'${SESSION}'`,
      { method: 'POST', body: '{\n}', url: SESSION },
    ],
    [
      'of Insomnia',
      `curl --request POST \\\n  --url ${SESSION} \\\n  --header 'X-A: b' \\\n  --data '{\n\t"a": 1\n}'`,
      { body: '{\n\t"a": 1\n}' },
    ],
    ['in a fence of Markdown', `\`\`\`sh\ncurl ${SESSION} -d 'a “b”'\n\`\`\`\n`, { body: 'a “b”' }],
    ['with a fragment', `curl '${SESSION}?a=1#b'`, { url: `${SESSION}?a=1` }],
  ])('%s', (_what, text, expected) => {
    expect(read(text)).toMatchObject(expected);
    if (expected.headers !== undefined) expect(read(text).headers).toEqual(expected.headers);
  });

  test('takes the body from --body where the command names a file', () => {
    expect(read(`curl ${SESSION} -d @body.json`, '{"a":\n1}\n').body).toBe('{"a":1}');
    expect(read(`curl ${SESSION} --data-binary @body.json`, '{"a":\n1}\n').body).toBe('{"a":\n1}\n');
    expect(read(`curl ${SESSION} -X POST`, '{}').body).toBe('{}');
  });

  test('reads files with a byte order mark, and those that PowerShell writes', () => {
    const text = `curl ${SESSION} -d 'ë'`;
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16()]) {
      expect(read(bytes).body).toBe('ë');
    }
  });
});

describe('reads a raw request', () => {
  const head = 'POST /api/v1/session?a=1 HTTP/1.1\r\nHost: start.faceverify.ai\r\nX-A:  b \r\n';

  test.each<[string, string, Partial<ReturnType<typeof read>>]>([
    ['as it is sent', `${head}Content-Length: 2\r\n\r\n{}`, { method: 'POST', url: `${SESSION}?a=1`, body: '{}' }],
    ['with a line end behind it', `${head}Content-Length: 2\r\n\r\n{}\r\n`, { body: '{}' }],
    [
      'that has lost its carriage returns',
      `${head}Content-Length: 6\r\n\r\n{\r\n\r\n}\r\n`.replaceAll('\r', ''),
      { body: '{\r\n\r\n}' },
    ],
    [
      'without a length',
      `${head}\r\n{"a":\n1}\n`,
      { body: '{"a":\n1}', headers: { Host: 'start.faceverify.ai', 'X-A': 'b' } },
    ],
    ['without a host', 'POST /api/v1/session HTTP/2\n\n{}', { url: SESSION, body: '{}' }],
    [
      'without a body',
      'GET / HTTP/1.1\r\nHost: localhost:80\r\n\r\n',
      { method: 'GET', url: 'http://localhost:80/', body: '' },
    ],
    [
      'of a .http file',
      `### session\n# a comment\nPOST ${SESSION}\nX-A: b\n\n{}\n\n### next\nGET /`,
      { url: SESSION, body: '{}\n', headers: { 'X-A': 'b' } },
    ],
    ['that speaks of curl', `POST ${SESSION} HTTP/1.1\nx-note: run curl -d a\n\n{}`, { body: '{}' }],
  ])('%s', (_what, text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });
});
