import { withoutRoot } from '../host/index.ts';

/** Longer texts of a repository are cut: a data file on one line must not fill an answer. */
const LONGEST = 2_000;

/** Messages that are the same wherever the repository lies; no text is longer than a page. */
export function steady<T>(value: T, root: string): T {
  return eachText(value, (text) => shorten(withoutRoot(text, root)));
}

/** Text of the repository itself, e.g. a diff: nothing in it is rewritten, but no text is longer than a page. */
export function shortened<T>(value: T): T {
  return eachText(value, shorten);
}

function eachText<T>(value: T, change: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => (typeof part === 'string' ? change(part) : part)) as T;
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} … (${text.length - LONGEST} more characters)` : text;
}
