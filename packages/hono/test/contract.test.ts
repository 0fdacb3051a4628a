import { adapterContract, serve } from '@faceverify/adapter-contract';
import { getRequestListener } from '@hono/node-server';
import { appOf } from './contract-app.ts';

adapterContract('Hono on Node', async (settings) => serve(getRequestListener(appOf(settings).fetch)));
