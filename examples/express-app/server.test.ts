import { exampleSuite } from '../shared/example-suite.ts';

exampleSuite('Express', async () => (await import('./server.ts')).running);
