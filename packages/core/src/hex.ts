const DIGITS = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));

/** Bytes as lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  let digits = '';
  // By index and from a table: half the time of an iterator and toString, in every signature on the web.
  for (let i = 0; i < bytes.length; i++) digits += DIGITS[bytes[i] ?? 0];
  return digits;
}
