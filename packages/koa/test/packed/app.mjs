/** A small app with the packages under test; how they were loaded is up to scripts/packed. */
export function createApp(koa, { faceVerify, sessionHandler }, options, identify) {
  const Koa = koa.default ?? koa;
  return new Koa().use(faceVerify(options)).use(sessionHandler({ identify })).callback();
}
