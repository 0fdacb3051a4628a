import { html } from 'hono/html';
import { FACE_ICON, outcomeIcon } from './icons.ts';
import type { Page } from './page.ts';
import type { EmulatorSession, Outcome } from './sessions.ts';

const RESULTS: Readonly<Record<Outcome, string>> = {
  passed: 'Verification passed',
  failed: 'Verification failed',
  cancelled: 'Verification cancelled',
};

/** Reads the outcome from a posted form. "Choose again" is `{ outcome: undefined }`, an unknown value `undefined`. */
export function readOutcome(form: URLSearchParams): { readonly outcome: Outcome | undefined } | undefined {
  const value = form.get('outcome');
  if (value === 'again') return { outcome: undefined };
  return value === 'passed' || value === 'failed' || value === 'cancelled' ? { outcome: value } : undefined;
}

/** The page at a session's `url`, where a person chooses the outcome of the verification. It needs no script. */
export function hostedPage(session: EmulatorSession): Page {
  return session.outcome === undefined ? choicePage(session) : resultPage(session, session.outcome);
}

function choicePage(session: EmulatorSession): Page {
  return {
    title: 'Choose the outcome',
    content: html`${FACE_ICON}
      <h1 id="heading">How should this verification end?</h1>
      <p>FaceVerify would check a face here. The emulator lets you choose the outcome instead.</p>
      <form method="post" aria-labelledby="heading">
        <button class="wide primary" name="outcome" value="passed">Pass</button>
        <button name="outcome" value="failed">Fail</button>
        <button name="outcome" value="cancelled">Cancel</button>
      </form>
      ${details(session)}`,
  };
}

function resultPage(session: EmulatorSession, outcome: Outcome): Page {
  return {
    title: RESULTS[outcome],
    content: html`${outcomeIcon(outcome)}
      <h1 id="heading" class="${outcome}">${RESULTS[outcome]}</h1>
      <p>
        The emulator keeps the outcome for your tests. It sends nothing to your app: FaceVerify documents no callback.
      </p>
      <form method="post" aria-labelledby="heading">
        <button class="wide" name="outcome" value="again">Choose again</button>
      </form>
      ${details(session)}`,
  };
}

/** Shows neither the token nor the identifier, since the screen may be shared. */
function details({ sessionId, country, uniqueIdentifier }: EmulatorSession): Page['content'] {
  return html`<dl>
    <dt>Session</dt>
    <dd><code>${sessionId}</code></dd>
    <dt>Country</dt>
    <dd>${country ?? 'not given'}</dd>
    <dt>Identifier</dt>
    <dd>${uniqueIdentifier === undefined ? 'not given' : 'given'}</dd>
  </dl>`;
}
