/** A stand-in for your own login: whom the cookie `user` names. */
export function userOf(request: Request): { id: string } | undefined {
  const id = /(?:^|; )user=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return id === undefined ? undefined : { id };
}
