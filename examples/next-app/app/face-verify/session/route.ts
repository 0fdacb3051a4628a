import { sessionHandler } from '@faceverify/web';
import { identify } from '../../../lib/face-verify.ts';

// The ready route, for the page's script.
export const POST = sessionHandler({ identify });
