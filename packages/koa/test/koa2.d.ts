/** Koa 2 under a name of its own: what the contract uses of it has the same types in both. */
declare module 'koa2' {
  export { default } from 'koa';
}
