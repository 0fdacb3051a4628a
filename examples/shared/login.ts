/**
 * A STAND-IN FOR YOUR OWN LOGIN. There is no password: the page lets anybody be either of two
 * made-up people, so a cookie with a plain name in it gives nothing away. Never do this for real.
 */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly country: string;
}

export const PEOPLE: readonly Person[] = [
  { id: 'ada', name: 'Ada Moreno', country: 'US' },
  { id: 'ben', name: 'Ben Okafor', country: 'GB' },
];

const COOKIE = 'demo_person';

/** Who is signed in, from the `Cookie` header. */
export function signedIn(cookie: string | undefined): Person | undefined {
  const pairs = new Set((cookie ?? '').split(';').map((pair) => pair.trim()));
  return PEOPLE.find(({ id }) => pairs.has(`${COOKIE}=${id}`));
}

/** `Lax` keeps the cookie out of forms that other sites send, so they cannot start a verification. */
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

/** The `Set-Cookie` header that signs somebody in, or nobody. */
export function signInCookie(person: Person | undefined): string {
  return person === undefined ? `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}` : `${COOKIE}=${person.id}; ${ATTRIBUTES}`;
}
