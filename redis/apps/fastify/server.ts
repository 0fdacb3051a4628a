import './limiter.js';
import { app } from './app.js';
import { listen } from './listen.js';

await app.ready();
listen(app.server);
