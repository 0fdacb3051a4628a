let pairs: readonly string[] | undefined;

/** Bytes as lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  // Made when first asked for: importing the core on Node, which has its own way to sign, would pay for it.
  pairs ??= Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));
  let digits = '';
  // By index and from a table: half the time of an iterator and toString, in every signature on the web.
  for (let i = 0; i < bytes.length; i++) digits += pairs[bytes[i] ?? 0];
  return digits;
}
