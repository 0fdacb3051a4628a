import { cookies } from 'next/headers';

/** A stand-in for your own login. */
export async function currentUser(): Promise<{ id: string } | undefined> {
  const user = (await cookies()).get('user');
  return user && { id: user.value };
}
