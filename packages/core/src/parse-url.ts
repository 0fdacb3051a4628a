/** The URL that a text is; `undefined` where it is none. */
export function parseUrl(text: string): URL | undefined {
  // URL.canParse of Node 20 and 22 refuses a host such as müller.example once the compiler has optimised it.
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
