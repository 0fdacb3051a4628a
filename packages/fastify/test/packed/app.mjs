/** A small app with the packages under test; how they were loaded is up to scripts/packed. */
export async function createApp(fastify, { faceVerify, sessionRoute }, options, identify) {
  const app = (fastify.default ?? fastify)();
  app.register(faceVerify(options));
  app.register(sessionRoute, { url: '/session', identify });
  await app.ready();
  return app.routing;
}
