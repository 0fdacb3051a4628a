import { fileURLToPath } from 'node:url';

// The packages and the shared page are above this folder. An app of your own needs none of this.
export default { turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) } };
