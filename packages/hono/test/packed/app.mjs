/** A small app with the packages under test; how they were loaded is up to scripts/packed. */
export function createApp({ Hono }, { faceVerify, sessionHandler }, options, identify) {
  return new Hono().use(faceVerify(options)).post('/session', sessionHandler({ identify }));
}
