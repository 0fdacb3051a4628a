import { fileURLToPath } from 'node:url';

// The packages are installed two folders above: an app of your own needs none of this.
export default { turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) } };
