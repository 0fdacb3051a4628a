import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { STYLE } from './page-style.ts';

/** What differs from page to page. */
export interface Page {
  readonly title: string;
  /** Made with `html` of Hono, which escapes what is filled in. */
  readonly content: ReturnType<typeof html>;
}

/**
 * Answers with a page: no script, nothing loaded from anywhere, nothing kept. It may be framed by any
 * site, since apps under development have any origin.
 */
export function answerPage(
  c: Context,
  { title, content }: Page,
  status: 200 | 400 | 403 | 404 = 200,
): Response | Promise<Response> {
  const nonce = crypto.randomUUID();
  c.header(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; base-uri 'none'`,
  );
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>${title} · FaceVerify emulator</title>
          <link rel="icon" href="data:," />
          <style nonce="${nonce}">
            ${raw(STYLE)}
          </style>
        </head>
        <body>
          <main>
            <p class="notice">
              <strong>This is an emulator, not FaceVerify.</strong> A model of it, for development and tests: no camera
              is used and nobody is verified.
            </p>
            <div class="body">${content}</div>
          </main>
        </body>
      </html>`,
    status,
  );
}
