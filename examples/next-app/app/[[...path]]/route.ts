import { page } from '../../../shared/web.ts';

const show = (request: Request) => page('Next.js', request);

export { show as GET, show as POST };
