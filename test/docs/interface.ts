import ts from 'typescript';
import { read } from './repository.ts';

/** The names of the members that a file declares for an interface, in their order. */
export function membersOf(path: string, interfaceName: string): string[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022);
  const found = file.statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === interfaceName);
  if (found === undefined) throw new Error(`${path} has no interface ${interfaceName}`);
  return found.members.flatMap(({ name }) => (name === undefined ? [] : [name.getText(file)]));
}
