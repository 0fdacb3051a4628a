import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import type { Io } from '../io.ts';
import { API_KEY_VARIABLE, BASE_URL_VARIABLE, baseUrlOf, keyProblem, SECRET_VARIABLE } from '../keys.ts';
import { type Check, note, ok, problem } from './check.ts';

const KNOWN = [API_KEY_VARIABLE, SECRET_VARIABLE, BASE_URL_VARIABLE];

/** Looks at the variables, and never shows a value. */
export function checkEnvironment({ env, cwd }: Pick<Io, 'env' | 'cwd'>): Check[] {
  const dotEnv = variablesOfDotEnv(cwd);
  const same = env[API_KEY_VARIABLE] !== undefined && env[API_KEY_VARIABLE] === env[SECRET_VARIABLE];
  return [
    checkKey('api_key', API_KEY_VARIABLE, keyProblem.bind(undefined, 'apiKey'), env, dotEnv),
    checkKey('secret_key', SECRET_VARIABLE, keyProblem.bind(undefined, 'secretKey'), env, dotEnv),
    ...(same
      ? [
          problem(
            'same_keys',
            'both keys are the same',
            `Copy each key to its own variable: ${API_KEY_VARIABLE} and ${SECRET_VARIABLE}.`,
          ),
        ]
      : []),
    checkBaseUrl(env),
    ...misspelled(env),
    ...checkProxies(env),
    ...checkTls(env),
  ];
}

type Environment = Io['env'];

function checkKey(
  name: string,
  variable: string,
  problemOf: (value: string) => string | undefined,
  env: Environment,
  dotEnv: readonly string[],
): Check {
  const value = env[variable];
  if (value === undefined || value === '') {
    const advice = dotEnv.includes(variable)
      ? 'It is in the file .env, which Node does not read by itself. Start your app with: node --env-file=.env'
      : `Type: export ${variable}=your-key`;
    return problem(name, `${variable} is ${value === undefined ? 'not set' : 'empty'}`, advice);
  }
  const wrong = problemOf(value);
  if (wrong === undefined) return ok(name, `${variable} is set, and its form is right`);
  return problem(
    name,
    `${variable} ${wrong.split('. ')[0] ?? ''}`.replace(/\.$/, ''),
    `Correct the variable: it ${wrong}`,
  );
}

function checkBaseUrl(env: Environment): Check {
  const name = 'base_url';
  const baseUrl = baseUrlOf({ env });
  const isSet = (env[BASE_URL_VARIABLE] ?? '') !== '';
  try {
    void createFaceVerify({ apiKey: 'key', secretKey: 'key', baseUrl, allowHttp: true }).close();
  } catch (error) {
    if (!FaceVerifyError.is(error)) throw error;
    const wrong = error.message.replace(/^baseUrl /, '');
    return problem(name, `${BASE_URL_VARIABLE} cannot be used`, `${BASE_URL_VARIABLE} ${wrong}`);
  }
  try {
    void createFaceVerify({ apiKey: 'key', secretKey: 'key', baseUrl }).close();
  } catch {
    return note(
      name,
      `${BASE_URL_VARIABLE} is http on another machine`,
      'The client needs the option allowHttp: true for it.',
    );
  }
  return ok(
    name,
    isSet
      ? `${BASE_URL_VARIABLE} is set, and its form is right`
      : `${BASE_URL_VARIABLE} is not set: the default is used`,
  );
}

/** Variables that look as if they were meant for FaceVerify. */
function misspelled(env: Environment): Check[] {
  return Object.keys(env)
    .filter((name) => /^(?:\w*_)?FACE_?VERIFY_/i.test(name) && !KNOWN.includes(name))
    .slice(0, 10)
    .map((name) => {
      const meant = /SECRET/i.test(name)
        ? SECRET_VARIABLE
        : /KEY|CLIENT/i.test(name)
          ? API_KEY_VARIABLE
          : BASE_URL_VARIABLE;
      return note(
        'unknown_variable',
        `${name.slice(0, 60)} is set, but nothing reads it`,
        `If you mean ${meant}, rename it.`,
      );
    });
}

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** Whether Node sends through a proxy of the environment. */
export function usesProxy(env: Environment): boolean {
  const obeys = env['NODE_USE_ENV_PROXY'] === '1' && Number(process.versions.node.split('.')[0]) >= 24;
  return obeys && PROXY_VARIABLES.some((name) => env[name]);
}

function checkProxies(env: Environment): Check[] {
  const set = PROXY_VARIABLES.filter((name) => env[name]);
  if (set.length === 0) return [];
  const found = `${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} set`;
  if (usesProxy(env)) return [ok('proxy', `${found}, and Node obeys it (NODE_USE_ENV_PROXY=1)`)];
  return [
    note(
      'proxy',
      `${found}, but the client does not use it`,
      'From Node 24, set NODE_USE_ENV_PROXY=1. Before, pass the agent of a proxy package as the option agent.',
    ),
  ];
}

function checkTls(env: Environment): Check[] {
  const file = env['NODE_EXTRA_CA_CERTS'];
  return [
    ...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
      ? [
          note(
            'tls_variable',
            'NODE_TLS_REJECT_UNAUTHORIZED is 0',
            'Remove it. The client checks certificates all the same, other code does not.',
          ),
        ]
      : []),
    ...(file && !existsSync(file)
      ? [
          problem(
            'extra_certificates',
            'NODE_EXTRA_CA_CERTS names a file that is not there',
            'Correct its path. Node ignores it silently.',
          ),
        ]
      : []),
  ];
}

function variablesOfDotEnv(cwd: string): string[] {
  try {
    const text = readFileSync(join(cwd, '.env'), 'utf8').slice(0, 100_000);
    return KNOWN.filter((name) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`, 'm').test(text));
  } catch {
    return []; // There is none.
  }
}
