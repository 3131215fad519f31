import type { Source } from './node.ts';
import { partition } from './partition.ts';

/** 1-based line of an offset; \r\n, \n and \r all end a line. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line++;
  }
  return line;
}

const starts = new WeakMap<Source, readonly number[]>();

export function lineOf(source: Source, offset: number): number {
  let known = starts.get(source);
  if (known === undefined) {
    known = lineStarts(source.text);
    starts.set(source, known);
  }
  return partition(known, (start) => start <= offset) + 1;
}

/** Offsets behind each line break, as `lineAt` counts them. */
function lineStarts(text: string): readonly number[] {
  return [...text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length);
}

/** Offset of the first character of the line. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at === 0 && text.startsWith('\uFEFF') ? Math.min(1, offset) : at;
}

/** Offset of the line break that ends the line, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** Offset after the line break at `offset`, when there is one. */
export function skipLineBreak(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return text[offset] === '\n' || text[offset] === '\r' ? offset + 1 : offset;
}

/** Leading white space of the line. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}
