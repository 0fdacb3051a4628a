import type { Command } from './command.ts';

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
};
