/** Longer texts of a repository are cut: a data file on one line must not fill an answer. */
const LONGEST = 2_000;

/** The same answer wherever the repository lies: its own path becomes `.`, and no text is longer than a page. */
export function steady<T>(value: T, root: string): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => (typeof part === 'string' ? steadyText(part, root) : part)) as T;
}

function steadyText(text: string, root: string): string {
  const short = root.length < 2 ? text : text.replaceAll(`${root}/`, '').replaceAll(root, '.');
  return short.length > LONGEST ? `${short.slice(0, LONGEST)} … (${short.length - LONGEST} more characters)` : short;
}
