export { POST } from '../session/route';

export const runtime = 'edge';
