import type { Command, Option } from './command.ts';

const JSON_OUTPUT: Option = { type: 'boolean', help: 'print JSON' };
const KEYS =
  'The keys are read from FACEVERIFY_API_KEY and FACEVERIFY_SECRET_KEY; the secret key is asked for if it is not set.';

/** Every command, in the order of the help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  explain: {
    summary: 'say why a signature is refused',
    usage: '[FILE | - | curl ...]',
    details: `Reads a curl command, a HAR or a raw HTTP request, and names the mistake that its signature was made with.
Copy the request as curl in your browser or HTTP client. Nothing is sent.

The secret key is read from FACEVERIFY_SECRET_KEY, or asked for.
Exit status: 0 if the signature is right, 1 if it is wrong, 2 if the request cannot be read.`,
    options: {
      json: { type: 'boolean', help: 'print { valid, mistakes, stringToSign } as JSON' },
      body: {
        type: 'string',
        value: 'FILE',
        help: 'read the body from a file, if the request names one',
        completes: 'file',
      },
      entry: { type: 'string', value: 'N', help: 'choose the Nth signed request of a HAR' },
    },
    examples: ['explain request.txt', 'explain < request.txt', "explain curl -X POST 'https://...' -H '...' -d '...'"],
    positionals: [0, Number.POSITIVE_INFINITY],
    load: () => import('./explain/explain.ts'),
  },
  sign: {
    summary: 'sign a request',
    usage: 'METHOD URL',
    details: `Prints the three headers that carry the signature. Send exactly the URL and the body that you sign.\n\n${KEYS}`,
    options: {
      body: { type: 'string', value: 'FILE', help: 'the body to send; - for the standard input', completes: 'file' },
      curl: { type: 'boolean', help: 'print the whole curl command' },
      json: JSON_OUTPUT,
    },
    examples: [
      'sign POST https://start.faceverify.ai/api/v1/session --body body.json',
      'sign POST https://start.faceverify.ai/api/v1/session --curl --body - <<< \'{"country":"US"}\'',
    ],
    positionals: [2, 2],
    words: ['GET', 'POST'],
    load: () => import('./sign.ts'),
  },
  session: {
    summary: 'create a session, and show its link and a QR code',
    usage: '',
    details: `A session may cost money. The same id gets the same link; without --id each call may create a new session.\n\n${KEYS}`,
    options: {
      id: { type: 'string', value: 'ID', help: 'who is verified: your id of the user' },
      country: { type: 'string', value: 'CC', help: 'such as US' },
      open: { type: 'boolean', help: 'open the link in the browser' },
      json: JSON_OUTPUT,
    },
    examples: ['session --id user123 --country US', 'session --id user123 --open'],
    positionals: [0, 0],
    load: () => import('./session.ts'),
  },
  doctor: {
    summary: 'check keys, versions and the connection to FaceVerify',
    usage: '',
    details: `Looks at the variables, at Node and the installed packages, and goes the way of a call: name lookup, TCP, TLS,
the answer, the clock. It says what to do, shows no value of a variable, and sends nothing that is signed.

With --live it checks with real calls what this project assumes about FaceVerify. It asks first.
The report holds no key, link or identifier, so that you can send it to the maintainers.
Exit status: 0 if nothing is wrong, 1 if something is.`,
    options: {
      live: { type: 'boolean', help: 'check the assumptions about FaceVerify with at most 6 real calls' },
      yes: { type: 'boolean', help: 'consent to the calls of --live' },
      json: JSON_OUTPUT,
    },
    examples: ['doctor', 'doctor --live', 'doctor --json'],
    positionals: [0, 0],
    load: () => import('./doctor/doctor.ts'),
  },
  emulator: {
    summary: 'run the emulator of the FaceVerify API',
    usage: '',
    options: {
      port: { type: 'string', value: 'PORT', help: 'port to listen on, 4400 by default; 0 takes any free port' },
      host: { type: 'string', value: 'ADDRESS', help: 'address to listen on, 127.0.0.1 by default' },
      'public-url': { type: 'string', value: 'ORIGIN', help: 'origin of the links, as browsers reach it' },
    },
    examples: ['emulator', 'emulator --port 0', 'emulator --host 0.0.0.0 --public-url http://localhost:4400'],
    positionals: [0, 0],
    load: () => import('./emulator.ts'),
  },
  completion: {
    summary: 'print a completion script for bash, zsh or fish',
    usage: 'SHELL',
    options: {},
    examples: [
      'completion bash >> ~/.bashrc',
      'completion zsh > "${fpath[1]}/_faceverify"',
      'completion fish > ~/.config/fish/completions/faceverify.fish',
    ],
    positionals: [1, 1],
    words: ['bash', 'zsh', 'fish'],
    load: () => import('./completion.ts'),
  },
};
