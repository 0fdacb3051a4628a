/** Whether a word is the name of curl. Apart from curl.ts, since every command reads its arguments with it. */
export function isCurl(word: string): boolean {
  return /^(?:.*[\\/])?curl(?:\.exe)?$/i.test(word);
}
