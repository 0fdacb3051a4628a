import { PEOPLE, type Person } from './login.ts';

/** Something that went wrong, in words for the visitor. */
export interface Failure {
  readonly title: string;
  readonly requestId?: string | undefined;
}

/** What the page shows. */
export interface PageState {
  readonly framework: string;
  /** The origin on which people are verified. */
  readonly vendor: string;
  readonly person: Person | undefined;
  readonly failure?: Failure | undefined;
}

/** The demo's one page. All of it works without JavaScript, but for the verification in an iframe. */
export function page({ framework, vendor, person, failure }: PageState): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${person === undefined ? 'Sign in' : 'Verify your identity'} · FaceVerify with ${text(framework)}</title>
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/page.css">
  <script type="module" src="/page.js"></script>
</head>
<body>
  <header class="bar">
    <a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28">FaceVerify example</a>
    <span class="tag">${text(framework)}</span>
  </header>
  <main>
    ${person === undefined ? signedOutCard(failure) : signedInCard(person, failure)}
  </main>
  <footer>${vendorNote(vendor)}</footer>
</body>
</html>
`;
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

function signedOutCard(failure: Failure | undefined): string {
  return `<section class="card">
      <h1>Who are you?</h1>
      <p class="lead">A stand-in for your own login: choose one of two invented people.</p>
      <ul class="people">${PEOPLE.map(
        (person) => `
        <li><form method="post" action="/sign-in/${text(person.id)}">
          <button class="person">${avatar(person)}
            <span class="name">${text(person.name)}<small>${text(COUNTRIES.of(person.country) ?? '')}</small></span>
            <span class="go" aria-hidden="true">→</span>
          </button>
        </form></li>`,
      ).join('')}
      </ul>
      ${alert(failure)}
    </section>`;
}

function signedInCard(person: Person, failure: Failure | undefined): string {
  return `<section class="card">
      <div class="who">${avatar(person)}
        <p class="name"><small>Signed in as</small>${text(person.name)}</p>
        <form method="post" action="/sign-out"><button class="quiet">Sign out</button></form>
      </div>
      <h1>Verify your identity</h1>
      <p class="lead">FaceVerify will ask for a short look into your camera. Come back with your browser’s Back button.</p>
      <div class="actions">
        <form method="post" action="/kyc"><button class="primary">Continue to FaceVerify</button></form>
        <button class="secondary" id="here" type="button" data-session="/face-verify/session" hidden>Verify on this page</button>
      </div>
      <p class="status" id="status" role="status"></p>
      ${alert(failure)}
      <details>
        <summary>What the buttons do</summary>
        <dl>
          <dt>Continue to FaceVerify</dt>
          <dd>A plain form posts to <code>/kyc</code>. The route calls <code>createSession</code> and redirects
            to the session’s <code>url</code>. FaceVerify documents no way back: use the Back button of your browser.</dd>
          <dt>Verify on this page</dt>
          <dd>A script posts to <code>/face-verify/session</code>, the ready <code>sessionHandler</code>, and
            shows the <code>url</code> in an iframe that may use the camera.</dd>
        </dl>
      </details>
    </section>
    <dialog id="verification" aria-labelledby="verification-title">
      <div class="dialog-bar">
        <h2 id="verification-title">Identity verification</h2>
        <form method="dialog"><button class="close" aria-label="Close the verification"></button></form>
      </div>
      <div class="frame"></div>
    </dialog>`;
}

/** Empty and hidden where there is no failure: the page's script shows it when its own call fails. */
function alert(failure: Failure | undefined): string {
  const hidden = (value: unknown): string => (value === undefined ? ' hidden' : '');
  return `<div class="alert" id="alert" role="alert"${hidden(failure)}>
        <p class="title">${text(failure?.title ?? '')}</p>
        <p class="reference"${hidden(failure?.requestId)}>Reference <code>${text(failure?.requestId ?? '')}</code></p>
      </div>`;
}

function avatar({ id, name }: Person): string {
  const initials = name.replaceAll(/(\p{Lu})\S*\s*/gu, '$1');
  return `<span class="avatar ${text(id)}" aria-hidden="true">${text(initials)}</span>`;
}

function vendorNote(vendor: string): string {
  const { host, hostname } = new URL(vendor);
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
    ? `<p>Nothing here is real: FaceVerify is played by the emulator at <code>${text(host)}</code>.</p>`
    : `<p>Verifications are made by <code>${text(host)}</code>.</p>`;
}

/** Text for HTML, inside and outside attributes. */
function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
