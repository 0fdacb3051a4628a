/** One thing that the doctor looked at. Nothing in it is secret or personal. */
export interface Check {
  /** A stable name, such as `name_lookup`. */
  readonly name: string;
  readonly status: 'ok' | 'note' | 'problem' | 'skipped';
  /** What was found, in a sentence without an end. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

export function ok(name: string, found: string): Check {
  return { name, status: 'ok', found };
}

export function note(name: string, found: string, advice: string): Check {
  return { name, status: 'note', found, advice };
}

export function problem(name: string, found: string, advice: string): Check {
  return { name, status: 'problem', found, advice };
}
