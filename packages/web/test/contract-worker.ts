import { env } from 'cloudflare:workers';
import { contractApp } from '../../../test/contract/contract-app.ts';
import { createApp } from './app.ts';

/** The contract app as a Worker, made while the module loads, when timers and requests are forbidden. */
// oxlint-disable-next-line import/no-default-export -- Workers are read from it.
export default createApp(contractApp(env.SETTINGS));
