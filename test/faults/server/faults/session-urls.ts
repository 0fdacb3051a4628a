import { sessionAnswer } from '../answers.ts';
import { specified } from '../expectation.ts';
import type { Fault } from '../fault.ts';
import { LINK } from '../secrets.ts';

/** A url by which the ready route would send its visitor elsewhere. `own` is the vendor's origin. */
const LEADING_ELSEWHERE: Readonly<Record<string, (own: string) => string>> = {
  'another host': () => `https://evil.example/${LINK}`,
  'the host as the start of another': (own) => `${own.replace(/:\d+$/, '')}.evil.example/${LINK}`,
  'the host as user name of another': (own) => `${own}@evil.example/${LINK}`,
  'user info': (own) => `${own.replace('://', '://user:password@')}/${LINK}`,
  'an empty user name': (own) => `${own.replace('://', '://@evil.example@')}/${LINK}`,
  'another port': (own) => `${own.replace(/:\d+$/, ':1')}/${LINK}`,
  'no port': (own) => `${own.replace(/:\d+$/, '')}/${LINK}`,
  'http to another host': () => `http://evil.example/${LINK}`,
  'http to another name of this machine': (own) => `${own.replace('127.0.0.1', 'localhost')}/${LINK}`,
  'http to another address of this machine': (own) => `${own.replace('127.0.0.1', '127.0.0.2')}/${LINK}`,
  'https to the same host, on the default port': (own) => `https://127.0.0.1/${own.length}/${LINK}`,
  'a backslash before another host': (own) => `${own.replace('//', '\\\\evil.example\\')}/${LINK}`,
  'two backslashes': () => `\\\\evil.example/${LINK}`,
  'a backslash in the path': (own) => `${own}/new\\${LINK}`,
  'no scheme': () => `//evil.example/${LINK}`,
  'a path alone': () => `/new/${LINK}`,
  'no text': () => '',
  'no URL': () => `session ${LINK}`,
  javascript: () => `javascript:alert("${LINK}")`,
  'javascript behind the host': (own) => `javascript://${own.replace(/^\w+:\/\//, '')}/%0Aalert(1)`,
  data: () => `data:text/html,${LINK}`,
  file: () => `file:///etc/${LINK}`,
  blob: (own) => `blob:${own}/${LINK}`,
  ftp: (own) => `${own.replace('http:', 'ftp:')}/${LINK}`,
  'a line end': (own) => `${own}/new/${LINK}\r\nset-cookie: evil=1`,
  'a line feed inside the scheme': (own) => `${own.replace('ht', 'ht\n')}/${LINK}`,
  'a tab': (own) => `${own}/\t${LINK}`,
  'a NUL': (own) => `${own}/\u0000${LINK}`,
  'white space before it': (own) => ` ${own}/new/${LINK}`,
  'white space behind it': (own) => `${own}/new/${LINK} `,
  'letters that look alike': () => `https://start.f\u0430ceverify.ai/${LINK}`,
  'a full stop that looks alike': (own) => `${own.replace('127.', '127\u3002')}/${LINK}`,
};

export const SESSION_URLS: readonly Fault[] = Object.entries(LEADING_ELSEWHERE).map(([name, write]) => ({
  name: `url: ${name}`,
  expect: specified('bad_response'),
  onRequest: ({ reply, origin }) => reply(200, sessionAnswer(origin, { url: write(origin) })),
}));
