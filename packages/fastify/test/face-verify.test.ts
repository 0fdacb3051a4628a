import fastify, { type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { createFaceVerify, type FaceVerify, faceVerify } from '../src/index.ts';

const [first, second] = ['first', 'second'].map((apiKey) => createFaceVerify({ apiKey, secretKey: 'secret' }));

/** Declares a route that keeps the client that it finds. */
function keepClient(app: FastifyInstance, url: string, found: Map<string, FaceVerify | undefined>): void {
  app.get(url, async (request) => {
    found.set(url, request.faceVerify);
    return '';
  });
}

test('faceVerify() is for the scope in which it is registered, and those within', async () => {
  const app = fastify();
  const found = new Map<string, FaceVerify | undefined>();
  app.register(async (shop) => {
    shop.register(faceVerify(first));
    keepClient(shop, '/shop', found);
    shop.register(async (within) => keepClient(within, '/shop/within', found));
    shop.register(async (other) => {
      other.register(faceVerify(second));
      keepClient(other, '/shop/other', found);
    });
  });
  keepClient(app, '/elsewhere', found);
  for (const url of ['/shop', '/shop/within', '/shop/other', '/elsewhere']) await app.inject(url);
  expect([...found.values()]).toEqual([first, first, second, undefined]);
});

test('registered twice in a scope, the last one counts', async () => {
  const app = fastify();
  const found = new Map<string, FaceVerify | undefined>();
  app.register(faceVerify(first));
  app.register(faceVerify(second));
  keepClient(app, '/', found);
  await app.inject('/');
  expect(found.get('/')).toBe(second);
});

test('hooks that are registered after it find the client', async () => {
  const app = fastify();
  let found: FaceVerify | undefined;
  app.register(faceVerify(first)).after(() => {
    app.addHook('onRequest', async (request) => {
      found = request.faceVerify;
    });
  });
  await app.inject('/nowhere');
  expect(found).toBe(first);
});
