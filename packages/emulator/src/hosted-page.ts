import { html } from 'hono/html';
import { outcomeMark, VIEWFINDER } from './illustrations.ts';
import type { Page } from './page.ts';
import type { EmulatorSession, Outcome } from './sessions.ts';

const RESULTS: Readonly<Record<Outcome, string>> = {
  passed: 'Verification passed',
  failed: 'Verification failed',
  cancelled: 'Verification cancelled',
};

/** The outcome that a posted form names, `undefined` for "choose again", or nothing that is known. */
export function readOutcome(form: URLSearchParams): { readonly outcome: Outcome | undefined } | undefined {
  const value = form.get('outcome');
  if (value === 'again') return { outcome: undefined };
  return value === 'passed' || value === 'failed' || value === 'cancelled' ? { outcome: value } : undefined;
}

/** The page behind a session's `url`: the person chooses how the verification ends. It needs no script. */
export function hostedPage(session: EmulatorSession): Page {
  return session.outcome === undefined ? choicePage(session) : resultPage(session, session.outcome);
}

function choicePage(session: EmulatorSession): Page {
  return {
    title: 'Play the verification',
    content: html`${VIEWFINDER}
      <h1 id="heading">How should this verification end?</h1>
      <p>Here FaceVerify would look at a face. You choose the outcome instead.</p>
      <form method="post" aria-labelledby="heading">
        <button class="wide primary" name="outcome" value="passed">Pass</button>
        <button name="outcome" value="failed">Fail</button>
        <button name="outcome" value="cancelled">Cancel</button>
      </form>
      ${facts(session)}`,
  };
}

function resultPage(session: EmulatorSession, outcome: Outcome): Page {
  return {
    title: RESULTS[outcome],
    content: html`${outcomeMark(outcome)}
      <h1 id="heading" class="${outcome}">${RESULTS[outcome]}</h1>
      <p>The emulator remembers it for your tests. Nothing is sent to your app: FaceVerify documents no callback.</p>
      <form method="post" aria-labelledby="heading">
        <button class="wide" name="outcome" value="again">Choose again</button>
      </form>
      ${facts(session)}`,
  };
}

/** Neither token nor identifier: a page may be on a shared screen. */
function facts({ sessionId, country, uniqueIdentifier }: EmulatorSession): Page['content'] {
  return html`<dl>
    <dt>Session</dt>
    <dd><code>${sessionId}</code></dd>
    <dt>Country</dt>
    <dd>${country ?? 'not given'}</dd>
    <dt>Identifier</dt>
    <dd>${uniqueIdentifier === undefined ? 'not given' : 'given'}</dd>
  </dl>`;
}
