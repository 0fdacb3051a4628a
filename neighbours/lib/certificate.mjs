// The certificate of the fault servers, for 127.0.0.1. Its file is TypeScript, which Node 20 does not run.
import { readFileSync } from 'node:fs';

const FILE = new URL('../../test/faults/server/tls/bad-certificate.ts', import.meta.url);

export function readCertificate() {
  const text = readFileSync(FILE, 'utf8');
  const [key, cert] = ['PRIVATE KEY', 'CERTIFICATE'].map(
    (kind) => new RegExp(`-----BEGIN ${kind}-----[^-]+-----END ${kind}-----`).exec(text)?.[0],
  );
  if (key === undefined || cert === undefined) throw new Error(`${FILE.pathname} holds no key or no certificate.`);
  return { key, cert };
}
