/** A request as it was sent. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute; as it was written, so that what signers read differently can be named. */
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export type Header = readonly [name: string, value: string];

/** The first header of this name, in whatever case it was written. */
export function headerOf({ headers }: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The bytes of a binary string. */
export function bytesOf(binary: string): Uint8Array {
  return Buffer.from(binary, 'latin1');
}

/** The text of a binary string. */
export function textOf(binary: string): string {
  return Buffer.from(binary, 'latin1').toString('utf8');
}
