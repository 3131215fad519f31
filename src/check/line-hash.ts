const windowSize = 100;
const base = 37n;
const width = 64;
/** What the oldest character of a full window weighs. */
const oldest = BigInt.asIntN(width, base ** BigInt(windowSize));
const endOfFile = 0xffff;

/** Characters that count, each with the line that begins at it: no blanks, and one line feed for every kind of line end. */
function* significant(text: string): Generator<{ readonly code: number; readonly line: number | undefined }> {
  let line = 1;
  let begins = true;
  const solid = text.replace(/\r\n?/g, '\n').replace(/[\t ]/g, '');
  for (let at = 0; at <= solid.length; at += 1) {
    yield { code: at === solid.length ? endOfFile : solid.charCodeAt(at), line: begins ? line : undefined };
    begins = solid[at] === '\n';
    if (begins) line += 1;
  }
}

/**
 * `primaryLocationLineHash` of each line, 1-based, as github/codeql-action computes it from the text that follows:
 * GitHub knows an alert by it again when lines move.
 */
export function hashLines(text: string): ReadonlyMap<number, string> {
  const window: number[] = Array.from({ length: windowSize }, () => 0);
  const lineAt: (number | undefined)[] = Array.from({ length: windowSize }, () => undefined);
  const hashes = new Map<number, string>();
  const seen = new Map<string, number>();
  let hash = 0n;
  let index = 0;
  const close = (): void => {
    const line = lineAt[index];
    if (line === undefined) return;
    lineAt[index] = undefined;
    const value = BigInt.asUintN(width, hash).toString(16);
    const count = (seen.get(value) ?? 0) + 1;
    seen.set(value, count);
    hashes.set(line, `${value}:${count}`);
  };
  const push = (code: number): void => {
    hash = BigInt.asIntN(width, base * hash + BigInt(code) - oldest * BigInt(window[index] ?? 0));
    window[index] = code;
    index = (index + 1) % windowSize;
  };
  for (const { code, line } of significant(text)) {
    close();
    if (line !== undefined) lineAt[index] = line;
    push(code);
  }
  for (let rest = 0; rest < windowSize; rest += 1) {
    close();
    push(0);
  }
  return hashes;
}
