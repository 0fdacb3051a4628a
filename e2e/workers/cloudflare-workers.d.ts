declare module 'cloudflare:workers' {
  import type { AppSettings } from '@faceverify/adapter-contract';

  /** The bindings that contract.test.ts gives the Worker. */
  export const env: { readonly SETTINGS: AppSettings };
}
