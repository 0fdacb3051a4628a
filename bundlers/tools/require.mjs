/** For an ES module that holds CommonJS: some bundlers leave `require` to the app, which Express, Koa and Fastify use. */
export const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";
