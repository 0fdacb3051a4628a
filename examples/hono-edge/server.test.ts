import { exampleSuite } from '../shared/example-suite.ts';

exampleSuite('Hono', async () => (await import('./server.ts')).running);
