import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters.mjs';

/** What every adapter exports, so that anyone who knows one knows all. */
const EVERYWHERE = [
  'FaceVerifyError',
  'createFaceVerify',
  'faceVerify',
  'sameOrigin',
  'sessionHandler',
  'type AttemptEvent',
  'type CallOptions',
  'type Country',
  'type FaceVerify',
  'type FaceVerifyOptions',
  'type FailureCode',
  'type Identified',
  'type Identity',
  'type RequestOptions',
  'type RetryOptions',
  'type SameOriginOptions',
  'type Session',
  'type SessionHandlerOptions',
  'type SessionParams',
  'type Source',
];

/** The names in the `export { ... } from` lines of an adapter's entry; anything else there is a mistake. */
function exportsOf(adapter: string): string[] {
  const file = new URL(`../../packages/${adapter}/src/index.ts`, import.meta.url);
  const { statements } = ts.createSourceFile('index.ts', readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      throw new Error(`${adapter}/src/index.ts holds something else than named exports`);
    }
    const { elements } = statement.exportClause;
    return elements.map(({ isTypeOnly, name }) =>
      isTypeOnly || statement.isTypeOnly ? `type ${name.text}` : name.text,
    );
  });
}

test.each(ADAPTERS)(
  '@faceverify/$folder exports the same names as the others',
  ({ folder, hasMiddleware, furtherExports }) => {
    const shared = EVERYWHERE.filter((name) => name !== 'faceVerify' || hasMiddleware !== false);
    expect(exportsOf(folder).sort()).toEqual([...shared, ...furtherExports].sort());
  },
);
