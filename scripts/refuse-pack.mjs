// `npm pack` and `npm publish` in a package's own folder would pack a build of another branch, without the
// repository's address.
import process from 'node:process';

console.error('\nRun `npm run pack` at the root: it builds first, and writes the tarballs to artifacts/packages.\n');
process.exitCode = 1;
