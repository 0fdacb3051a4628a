import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './repository.ts';

/** Code to be checked as if it stood at `path`. */
export interface Source {
  readonly path: string;
  readonly code: string;
  /** Length of a prelude, in which names may stay unused. */
  readonly preludeLength: number;
  /** Number that messages give the first line. */
  readonly line: number;
}

/** An import that stays unused is a defect; a constant that only shows a call is not. */
const UNUSED = new Set([6133, 6138, 6192, 6196, 6198]);

/** Checks all sources in one program, with the repository's own flags and paths; problems by path. */
export function typeCheck(sources: readonly Source[]): (path: string) => string[] {
  const program = createProgram(new Map(sources.map(({ path, code }) => [join(ROOT, path), code])));
  const global = program.getGlobalDiagnostics().map((problem) => text(problem));
  if (global.length > 0) throw new Error(global.join('\n'));
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return (path) => {
    const source = byPath.get(path);
    if (source === undefined) throw new Error(`${path} is not among the sources`);
    const file = program.getSourceFile(join(ROOT, path));
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .filter((problem) => counts(problem, source))
      .map((problem) => `line ${lineOf(problem) + source.line}: ${text(problem)}`);
  };
}

function createProgram(virtual: ReadonlyMap<string, string>): ts.Program {
  const config = ts.parseConfigFileTextToJson('tsconfig.json', ts.sys.readFile(join(ROOT, 'tsconfig.json')) ?? '');
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [], files: ['x.ts'] }, ts.sys, ROOT);
  const settings: ts.CompilerOptions = {
    ...options,
    allowJs: true,
    checkJs: true,
    // A matter of style: hardly any reader writes process.env['PORT'].
    noPropertyAccessFromIndexSignature: false,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const code = virtual.get(path);
    return code === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, code, version);
  };
  return ts.createProgram([...virtual.keys()], settings, host);
}

function counts({ code, file, start = 0 }: ts.Diagnostic, { preludeLength }: Source): boolean {
  if (!UNUSED.has(code)) return true;
  const statement = file?.statements.find(({ pos, end }) => pos <= start && start < end);
  return start >= preludeLength && statement !== undefined && ts.isImportDeclaration(statement);
}

function lineOf({ file, start = 0 }: ts.Diagnostic): number {
  return file?.getLineAndCharacterOfPosition(start).line ?? 0;
}

function text(problem: ts.Diagnostic): string {
  return `TS${problem.code} ${ts.flattenDiagnosticMessageText(problem.messageText, '\n  ')}`;
}
