// Preloaded on Node 24: resolves what bench/clients import to the packages of this folder.
import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const clients = new URL('../clients/', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isNewest = Object.hasOwn(dependencies, specifier) && context.parentURL?.startsWith(clients);
    return nextResolve(specifier, isNewest ? { ...context, parentURL: import.meta.url } : context);
  },
});
