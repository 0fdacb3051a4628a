import { coreSuite } from '../core-suite.ts';
import { DENO, DENO_VERSION } from '../start.ts';

// Deno sends a call again if a kept connection is lost, so the core keeps none.
coreSuite(DENO_VERSION, DENO, { platform: 'node', keepsConnections: false });
