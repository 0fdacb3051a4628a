import { fencesOf } from './markdown.ts';
import { type Snippet, snippetOf } from './snippet.ts';

/** A snippet as if it stood in a document of its own. */
export function snippet(code: string, { language = 'ts', comment = '' } = {}): Snippet {
  const [fence] = fencesOf('a.md', `<!-- snippet ${comment} -->\n\`\`\`${language}\n${code}\n\`\`\`\n`);
  if (fence === undefined) throw new Error('there is no fence');
  return snippetOf(fence);
}

/** A snippet that the type check must refuse, and with what. */
export interface Broken extends Snippet {
  readonly title: string;
  readonly error: string;
}

function broken(title: string, error: string, code: string, fence?: { language?: string; comment?: string }): Broken {
  const { path, ...rest } = snippet(code, fence);
  return { ...rest, title, error, path: path.replace('a.md', title.replaceAll(' ', '-')) };
}

/** One for each way in which a snippet's types may be broken. */
export const BROKEN: readonly Broken[] = [
  broken('an export', 'TS2724', "import { sessionHandle } from '@faceverify/express';\nsessionHandle;"),
  broken(
    'an option',
    'TS2561',
    "import { createFaceVerify } from '@faceverify/core';\ncreateFaceVerify({ timeout: 1 });",
  ),
  broken('a package', 'TS2307', "import { verify } from '@faceverify/NO-SUCH-PACKAGE';\nverify();"),
  broken('a name', 'TS2304', 'app.use(nothing);'),
  broken(
    'an unused import',
    'TS6133',
    "import {\n  createFaceVerify,\n  FaceVerifyError,\n} from '@faceverify/core';\ncreateFaceVerify();",
  ),
  broken('the grammar', 'TS1136', 'const x = {;'),
  broken('a missing value', 'TS18048', "app.post('/', (req) => req.user.id.length);", { comment: 'in express' }),
  broken(
    'another framework',
    'TS2769',
    "import { sessionHandler } from '@faceverify/koa';\napp.post('/', sessionHandler({ identify: () => undefined }));",
    { comment: 'in express' },
  ),
  broken('JavaScript', 'TS2339', 'frame.source = 1;', { language: 'js', comment: 'in page' }),
];
