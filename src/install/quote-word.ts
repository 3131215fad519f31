/** A word as a POSIX shell reads it back: itself when nothing in it is special, else in single quotes. */
export function quoteWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
