// Removes what is built of the packages. tsdown empties only the folders that it writes to, so that files which
// another branch has built elsewhere in `dist` would be packed.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, ROOT } from './lib/published.mjs';

for (const { folder } of publishedPackages()) {
  rmSync(join(ROOT, 'packages', folder, 'dist'), { recursive: true, force: true });
}
