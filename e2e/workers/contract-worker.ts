import { env } from 'cloudflare:workers';
import { appOf } from '../../packages/hono/test/contract-app.ts';

/** The contract app as a Worker, made while the module loads, when timers and requests are forbidden. */
// oxlint-disable-next-line import/no-default-export -- As Workers want it.
export default appOf(env.SETTINGS);
