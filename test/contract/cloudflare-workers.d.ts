declare module 'cloudflare:workers' {
  import type { AppSettings } from './settings.ts';

  /** The bindings that e2e/workers/contract.test.ts gives the Worker. */
  export const env: { readonly SETTINGS: AppSettings };
}
