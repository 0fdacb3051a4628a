/** A small app with the packages under test; how they were loaded is up to scripts/packed. */
export function createApp(express, { faceVerify, sessionHandler }, options, identify) {
  return (express.default ?? express)().use(faceVerify(options)).post('/session', sessionHandler({ identify }));
}
