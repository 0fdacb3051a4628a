import { coreSuite } from '../core-suite.ts';
import { BUN, BUN_VERSION } from '../start.ts';

coreSuite(BUN_VERSION, BUN, { platform: 'web', keepsConnections: true });
