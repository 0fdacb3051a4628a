/** Yes: the assumption holds. */
export type Answer = 'yes' | 'no' | 'unknown';

/** A row of the report. Nothing in it is a secret, a token, a link or an identifier. */
export interface Row {
  readonly name: AssumptionName;
  readonly assumption: string;
  readonly answer: Answer;
  /** What was seen, such as `status 400`. */
  readonly seen: string;
  /** What to do if the assumption is wrong. */
  readonly advice?: string;
}

/** What docs/vendor.md assumes, in the order of the report, and what to do where it is wrong. */
export const ASSUMPTIONS = {
  documented_answer: [
    'A signed call gets the documented answer',
    'Check the keys and run the doctor without --live. If nothing is wrong, tell the maintainers: the client cannot read this answer.',
  ],
  same_link: [
    'The same identifier gets the same link',
    'Set the option retry: false, since a retry may create a second session.',
  ],
  link_host: ['Links are on the host of baseUrl', 'Set the option sessionHosts: ['],
  wrong_signature: [
    'A wrong signature gets 400',
    'Nothing needs to be set for 401 or 403. For another status, tell the maintainers, and FaceVerify if it is 200.',
  ],
  unknown_client: [
    'An unknown API key gets 400',
    'Nothing needs to be set for 401 or 403. For another status, tell the maintainers.',
  ],
  missing_header: [
    'A missing signature gets 400',
    'Nothing needs to be set for 401 or 403. For another status, tell the maintainers.',
  ],
  unknown_fields: [
    'A field that is not documented is refused',
    'Nothing needs to be set. The emulator is stricter than FaceVerify.',
  ],
  retry_after: [
    'Retry-After says how long to wait after 429 and 503',
    'Set the option retry: { minDelayMs, maxDelayMs } to longer waits, and limit the rate of your route.',
  ],
} as const satisfies Readonly<Record<string, readonly [assumption: string, advice: string]>>;

export type AssumptionName = keyof typeof ASSUMPTIONS;

export function rowOf(name: AssumptionName, answer: Answer, seen: string, advice: string = ASSUMPTIONS[name][1]): Row {
  const row = { name, assumption: ASSUMPTIONS[name][0], answer, seen };
  return answer === 'no' ? { ...row, advice } : row;
}
