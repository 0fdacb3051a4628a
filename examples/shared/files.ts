import { readFileSync } from 'node:fs';

const TYPES = { 'page.css': 'text/css', 'page.js': 'text/javascript', 'icon.svg': 'image/svg+xml' };

const files = new Map(
  Object.entries(TYPES).map(([name, type]) => {
    const headers = { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' };
    return [`/${name}`, { content: readFileSync(new URL(`./public/${name}`, import.meta.url)), headers }];
  }),
);

/** The page's file at this path, if it is one. */
export function fileAt(path: string): { content: Buffer<ArrayBuffer>; headers: Record<string, string> } | undefined {
  return files.get(path);
}

/** The same for servers of the web standards that serve no files by themselves. */
export function fileFor(request: Request): Response | undefined {
  const file = files.get(new URL(request.url).pathname);
  return file && new Response(file.content, { headers: file.headers });
}
