import { createFetchSender } from './fetch.ts';
import { createHttpSender } from './node-http.ts';
import type { LoadDiagnosis } from '../signature-diagnosis.ts';
import type { HmacSha256, Platform } from './platform.ts';

// Asked for, not imported: see node-connections.ts.
const { createHmac } = process.getBuiltinModule('node:crypto');

export const hmacSha256: HmacSha256 = (key) => {
  let kept = typeof key === 'string' ? key : Buffer.from(key); // A copy, since bytes may change.
  let used = false;
  return (head, body) => {
    const hmac = createHmac('sha256', kept);
    // Bytes save a twentieth of each signature and cost a tenth of one: too much for whoever signs once.
    if (used && typeof kept === 'string') kept = Buffer.from(kept);
    used = true;
    return (typeof body === 'string' ? hmac.update(head + body) : hmac.update(head).update(body)).digest('hex');
  };
};

export const platform: Platform = {
  hmacSha256,
  createSender: (settings, fixedHeaders) =>
    settings.fetch === undefined ? createHttpSender(settings, fixedHeaders) : createFetchSender(settings, fixedHeaders),
};

/** Read from its file when it is first asked for. */
export const loadDiagnosis: LoadDiagnosis = () => import('../signature-diagnosis.ts');
