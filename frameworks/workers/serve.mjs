// Serves the bundled Worker in workerd, with the keys as bindings.
import process from 'node:process';
import { Miniflare } from 'miniflare';

const { FACEVERIFY_API_KEY, FACEVERIFY_SECRET_KEY, FACEVERIFY_BASE_URL, PORT } = process.env;
const workerd = new Miniflare({
  modules: true,
  scriptPath: 'dist/index.js',
  compatibilityDate: '2025-10-01',
  host: '127.0.0.1',
  port: Number(PORT),
  cf: false, // Or it looks for the network.
  bindings: { FACEVERIFY_API_KEY, FACEVERIFY_SECRET_KEY, FACEVERIFY_BASE_URL },
});
await workerd.ready;
process.once('SIGTERM', () => workerd.dispose());
