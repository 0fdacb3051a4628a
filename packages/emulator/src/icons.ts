import { raw } from 'hono/html';
import type { Outcome } from './sessions.ts';

/** A face in the frame of a camera. */
export const FACE_ICON = raw(`
<svg viewBox="0 0 160 160" fill="none" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
  <g class="frame">
    <path d="M12 40V24a12 12 0 0 1 12-12h16"/>
    <path d="M120 12h16a12 12 0 0 1 12 12v16"/>
    <path d="M148 120v16a12 12 0 0 1-12 12h-16"/>
    <path d="M40 148H24a12 12 0 0 1-12-12v-16"/>
  </g>
  <ellipse class="oval" cx="80" cy="80" rx="46" ry="58" stroke-dasharray="2 8"/>
  <g class="face">
    <path d="M80 36c19 0 31 14 31 36 0 26-14 50-31 50S49 98 49 72c0-22 12-36 31-36Z"/>
    <path d="M66 72v3M94 72v3M80 76v11l-4 3M68 102c7 6 17 6 24 0"/>
  </g>
  <path class="scan" d="M30 80h100"/>
</svg>`);

const OUTCOME_PATHS: Readonly<Record<Outcome, string>> = {
  passed: 'M52 82l20 20 38-44',
  failed: 'M57 57l46 46M103 57l-46 46',
  cancelled: 'M52 80h56',
};

/** A tick, a cross or a dash in a circle. */
export function outcomeIcon(outcome: Outcome): ReturnType<typeof raw> {
  return raw(`
<svg class="${outcome}" viewBox="0 0 160 160" fill="none" stroke="currentColor" stroke-width="8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
  <circle cx="80" cy="80" r="60" fill="currentColor" stroke="none" opacity="0.12"/>
  <path d="${OUTCOME_PATHS[outcome]}"/>
</svg>`);
}
