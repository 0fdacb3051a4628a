import { exampleSuite } from '../shared/example-suite.ts';

exampleSuite('Koa', async () => (await import('./server.ts')).running);
