/** The line ending most lines of a text have; `\n` for a text without any. */
export function lineEndingOf(text: string): '\n' | '\r\n' {
  let crlf = 0;
  let lf = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (at > 0 && text.charCodeAt(at - 1) === 13) crlf += 1;
    else lf += 1;
  }
  return crlf > lf ? '\r\n' : '\n';
}

/** The same text with every line ending replaced. */
export function withLineEnding(text: string, ending: '\n' | '\r\n'): string {
  const plain = text.replace(/\r\n/g, '\n');
  return ending === '\n' ? plain : plain.replace(/\n/g, '\r\n');
}

/**
 * How lines that are written at an offset end: as the line they stand in or after, so that no line that was there changes its ending; where that
 * line has none, as most lines do.
 */
export function lineEndingAt(text: string, offset: number): '\n' | '\r\n' {
  const isLineStart = text.charCodeAt(offset - 1) === 10;
  const at = isLineStart ? offset - 1 : text.indexOf('\n', offset);
  if (at === -1) return lineEndingOf(text);
  return text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}
