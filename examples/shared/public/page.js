// Verification inside this page: ask the server for a session, show its url in an iframe.
const here = document.querySelector('#here');
const dialog = document.querySelector('#verification');
const note = document.querySelector('#status');
const alert = document.querySelector('#alert');

if (here !== null) {
  here.hidden = false;
  here.addEventListener('click', start);
  dialog.addEventListener('close', end);
}

async function start() {
  if (here.ariaBusy === 'true') return;
  alert.hidden = true;
  here.ariaBusy = 'true';
  note.textContent = 'Preparing your verification…';
  try {
    show(await createSession());
    note.textContent = '';
  } catch (error) {
    note.textContent = '';
    explain(error.cause ?? {});
  } finally {
    here.ariaBusy = null;
  }
}

/** Gives the session's url; throws with the problem that the server describes (RFC 9457) as cause. */
async function createSession() {
  const response = await fetch(here.dataset.session, { method: 'POST', headers: { accept: 'application/json' } });
  const answer = await response.json();
  if (!response.ok) throw new Error('No session', { cause: answer });
  return answer.url;
}

function explain({ title = 'Verification could not be started', code, requestId }) {
  // Signed out in another tab, say: the page shows the way to sign in again.
  if (code === 'unauthenticated') return location.reload();
  alert.hidden = false;
  alert.querySelector('.title').textContent = `${title}. Please try again in a moment.`;
  alert.querySelector('.reference').hidden = requestId === undefined;
  alert.querySelector('code').textContent = requestId;
}

function show(url) {
  const frame = document.createElement('iframe');
  frame.title = 'FaceVerify';
  frame.allow = 'camera';
  frame.referrerPolicy = 'no-referrer';
  frame.src = url;
  const area = dialog.querySelector('.frame');
  area.ariaBusy = 'true';
  frame.addEventListener('load', () => (area.ariaBusy = null));
  area.replaceChildren(frame);
  dialog.showModal();
}

function end() {
  // Taking the iframe away turns the camera off. The browser gives the focus back to the button.
  dialog.querySelector('.frame').replaceChildren();
  note.textContent = 'Verification closed. How it ended is known to FaceVerify, not to this page.';
}
