import { exampleSuite } from '../shared/example-suite.ts';

exampleSuite('Fastify', async () => (await import('./server.ts')).running);
