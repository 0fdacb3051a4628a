/** The CSS of every page: one narrow card, in the system's color scheme, with no external resources. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --background: #eef2f5;
  --card: #ffffff;
  --text: #15212c;
  --muted: #51606e;
  --line: #d5dde4;
  --edge: #7d8b98;
  --accent: #0b6172;
  --accent-strong: #084b59;
  --on-accent: #ffffff;
  --notice: #fff6dd;
  --notice-text: #5c4300;
  --notice-line: #ecd9a0;
  --passed: #13703f;
  --failed: #b3261e;
  --cancelled: #51606e;
  --shadow: 0 1px 2px rgb(16 32 48 / 6%), 0 12px 32px rgb(16 32 48 / 8%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #0d1318;
    --card: #161e25;
    --text: #e8eef3;
    --muted: #a3b1bd;
    --line: #2f3b46;
    --edge: #6b7a88;
    --accent: #63cbdc;
    --accent-strong: #8bdbe8;
    --on-accent: #04232a;
    --notice: #2c2510;
    --notice-text: #f1dc9d;
    --notice-line: #574a20;
    --passed: #6fd69c;
    --failed: #ff9c93;
    --cancelled: #a3b1bd;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  gap: 1rem;
  padding: 1rem;
  background: var(--background);
  color: var(--text);
  font: 1rem/1.5 Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: anywhere;
}
main {
  width: 100%;
  max-width: 25rem;
  overflow: hidden;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 1.25rem;
  box-shadow: var(--shadow);
}
.notice {
  margin: 0;
  padding: 0.75rem 1.5rem;
  background: var(--notice);
  color: var(--notice-text);
  border-bottom: 1px solid var(--notice-line);
  font-size: 0.875rem;
  line-height: 1.4;
}
.body { padding: 1.5rem; text-align: center; }
.body > :last-child { margin-bottom: 0; }
svg { display: block; margin: 0 auto 1.25rem; height: clamp(6rem, 24vh, 10rem); width: auto; }
h1 { margin: 0 0 0.5rem; font-size: 1.375rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
p { margin: 0 0 1.25rem; color: var(--muted); text-wrap: pretty; }
p.notice { color: var(--notice-text); }
form { display: grid; grid-template-columns: 1fr 1fr; gap: 0.625rem; }
button {
  min-height: 3rem;
  padding: 0.5rem 1rem;
  border: 1px solid var(--edge);
  border-radius: 0.75rem;
  background: transparent;
  color: var(--text);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
button:hover { border-color: var(--accent); color: var(--accent); }
button.wide { grid-column: 1 / -1; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dl {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: 0.25rem 1rem;
  margin: 1.5rem 0 0;
  padding-top: 1rem;
  border-top: 1px solid var(--line);
  font-size: 0.8125rem;
  text-align: left;
}
dt { color: var(--muted); white-space: nowrap; }
dd { margin: 0; text-align: right; min-width: 0; }
dd code { white-space: normal; }
code { white-space: nowrap; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
/* On a phone and in an iframe the page itself is the card. */
@media (max-width: 32rem) {
  body { padding: 0; background: var(--card); justify-content: flex-start; }
  main { max-width: none; border: 0; border-radius: 0; box-shadow: none; }
  .body { max-width: 27rem; margin: 0 auto; padding-top: clamp(1.5rem, 6vh, 3.5rem); }
}
@media (max-height: 42rem) {
  .notice { padding: 0.5rem 1.25rem; font-size: 0.8125rem; }
  .body { padding: 1rem 1.25rem; }
  svg { height: 5rem; margin-bottom: 0.75rem; }
  h1 { font-size: 1.1875rem; }
  p { margin-bottom: 0.875rem; font-size: 0.9375rem; }
  dl { margin-top: 1rem; padding-top: 0.75rem; }
}
.passed { color: var(--passed); }
.failed { color: var(--failed); }
.cancelled { color: var(--cancelled); }
.frame { stroke: var(--accent); }
.face { stroke: var(--muted); }
.oval { stroke: var(--line); }
.scan { stroke: var(--accent); animation: scan 3.6s ease-in-out infinite alternate; }
@keyframes scan { from { transform: translateY(-38px); } to { transform: translateY(38px); } }
@media (prefers-reduced-motion: reduce) { .scan { animation: none; } }
@media (forced-colors: active) { button, main { border-color: ButtonText; } }
`;
