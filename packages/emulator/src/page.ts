import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { STYLE } from './page-style.ts';

/** The content of a page. */
export interface Page {
  readonly title: string;
  /** Built with Hono's `html`, which escapes the values in it. */
  readonly content: ReturnType<typeof html>;
}

/**
 * Responds with a page that has no script and loads nothing. Any site may frame it: the origin of an app in
 * development is not known.
 */
export function renderPage(
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
              <strong>This is an emulator, not FaceVerify.</strong> It is for development and tests: no camera is used
              and nobody is verified.
            </p>
            <div class="body">${content}</div>
          </main>
        </body>
      </html>`,
    status,
  );
}
