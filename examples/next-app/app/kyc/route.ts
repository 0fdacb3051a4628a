import { privateHeaders, sameOrigin } from '@faceverify/web';
import { page } from '../../../shared/web.ts';
import { faceVerify, identify } from '../../lib/face-verify.ts';

const refuse = sameOrigin();

// A route of your own, for the page's form. sameOrigin() refuses requests from other sites, as the ready route does.
export async function POST(request: Request): Promise<Response> {
  const refusal = refuse(request);
  if (refusal) return refusal;
  const identity = identify(request);
  if (!identity) return new Response(null, { status: 303, headers: { location: '/' } });
  try {
    const { url } = await faceVerify().createSession(identity);
    return new Response(null, { status: 303, headers: { ...privateHeaders, location: url } });
  } catch (error) {
    return page('Next.js', request, error);
  }
}
