import type { ReadHeader } from './same-origin.ts';

/** What asks: a script, a person whose browser navigates, or htmx, which fetches for a person. */
export type Audience = 'script' | 'browser' | 'htmx';

/** For whom the route answers, as the `respond` option and the headers of the request say. */
export function audienceOf(respond: 'auto' | 'json' | 'redirect', header: ReadHeader): Audience {
  if (respond === 'json') return 'script';
  if (header('hx-request') === 'true') return 'htmx';
  if (respond === 'redirect') return 'browser';
  // Turbo and others fetch with `Accept: text/html`, and cannot follow a redirect to another origin.
  const mode = header('sec-fetch-mode') ?? 'navigate';
  return mode === 'navigate' && namesHtml(header('accept') ?? '') ? 'browser' : 'script';
}

/** The headers on which {@link audienceOf} depends, for `Vary`. */
export const AUDIENCE_HEADERS = 'Accept, Sec-Fetch-Mode, HX-Request';

/** Whether `Accept` names `text/html`, as that of a browser that navigates does and that of a script does not. */
function namesHtml(accept: string): boolean {
  return accept.split(',').some((range) => /^\s*text\/html\s*(?:;(?!.*\bq=0(?:\.0*)?\s*(?:;|$)).*)?$/i.test(range));
}
