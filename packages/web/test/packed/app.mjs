/** A small app with the package under test; how it was loaded is up to scripts/packed. There is no framework. */
export function createApp(_framework, { sessionHandler }, options, identify) {
  return { fetch: sessionHandler({ identify, client: options }) };
}
