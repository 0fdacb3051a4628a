import type { AppHandler } from '../../../test/docs/fixture.ts';
import type { User } from '../../../test/docs/fixtures/user.ts';

export type { User };

/** A login: the user that `x-user` names is signed in. */
export function createFixture(): { userOf: (request: Request) => Promise<User | undefined> } {
  return {
    userOf: async (request) => {
      const id = request.headers.get('x-user');
      return id === null ? undefined : { id, name: id, country: 'US' };
    },
  };
}

export const scope = { values: ['userOf'], types: ['User'] };

export const modules = {};

/** The file of a route, as in Next.js: it exports `POST`. */
export function handlerOf(app: unknown): AppHandler | undefined {
  return isRoute(app) ? { fetch: app.POST } : undefined;
}

function isRoute(app: unknown): app is { readonly POST: Extract<AppHandler, { fetch: unknown }>['fetch'] } {
  return typeof app === 'object' && app !== null && 'POST' in app;
}
