/** Fastify 4 under a name of its own: what the contract uses of it has the same types in both. */
declare module 'fastify4' {
  export { default } from 'fastify';
}
