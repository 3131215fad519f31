import type { FileLayout, InverseEdit, ReceiptFile } from '../../contract/index.ts';
import { sha256 } from '../plan/canonical.ts';
import { decodeUtf8 } from '../plan/tree.ts';

/**
 * What stays of a text when a formatter has been at it: its characters without spaces, line breaks, semicolons and commas, and one kind of
 * quote. Two texts with the same marks differ in their layout alone.
 */
interface Marks {
  readonly text: string;
  /** Offset in the text of each mark. */
  readonly places: readonly number[];
}

const LOOSE = /[\s;,\ufeff]/;

function marksOf(source: string): Marks {
  const places: number[] = [];
  let text = '';
  for (let at = 0; at < source.length; at += 1) {
    const letter = source.charAt(at);
    if (LOOSE.test(letter)) continue;
    places.push(at);
    text += letter === "'" || letter === '`' ? '"' : letter;
  }
  return { text, places };
}

/** How a file is told apart from its layout, and where in its marks each edit stands with what was there before; for a text only. */
export function layoutOf(original: string | undefined, after: string, edits: readonly InverseEdit[] = []): FileLayout {
  const marks = marksOf(after);
  const shape = sha256(marks.text);
  if (original === undefined || edits.length === 0) return { after: shape };
  const before = sha256(marksOf(original).text);
  return { after: shape, before, edits: joinedEdits(after, edits).map((edit) => markedEdit(after, marks, edit)) };
}

/** Edits between which only a layout stands are one. */
function joinedEdits(after: string, edits: readonly InverseEdit[]): readonly InverseEdit[] {
  const joined: InverseEdit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    const between = last === undefined ? 'x' : after.slice(last.end, edit.start);
    if (last === undefined || [...between].some((letter) => !LOOSE.test(letter))) joined.push(edit);
    else joined.splice(-1, 1, { start: last.start, end: edit.end, text: last.text + between + edit.text });
  }
  return joined;
}

/** The layout around it goes with an edit: nobody can tell which part of it a formatter made. */
function markedEdit(after: string, { places }: Marks, { start, end, text }: InverseEdit): NonNullable<FileLayout['edits']>[number] {
  const from = countBefore(places, start);
  const to = countBefore(places, end);
  const left = after.slice(from === 0 ? 0 : (places[from - 1] ?? 0) + 1, start);
  const right = after.slice(end, places[to] ?? after.length);
  return { from, to, text: left + text + right };
}

function countBefore(places: readonly number[], offset: number): number {
  let low = 0;
  for (let high = places.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a file differs from what apply wrote in its layout alone. */
export function isReformatted({ after, layout }: ReceiptFile, now: Uint8Array | undefined): boolean {
  const text = now && decodeUtf8(now);
  if (text === undefined || layout === undefined || sha256(Buffer.from(text)) === after) return false;
  return sha256(marksOf(text).text) === layout.after;
}

/** A file that was reformatted, without what apply wrote into it: its new layout stays. Undefined where that does not give the old file. */
export function takenOut({ layout }: ReceiptFile, now: Uint8Array): Uint8Array | undefined {
  const text = decodeUtf8(now);
  if (text === undefined || layout?.edits === undefined) return undefined;
  const { places } = marksOf(text);
  let result = '';
  let position = 0;
  for (const { from, to, text: old } of layout.edits) {
    const start = from === 0 ? 0 : (places[from - 1] ?? 0) + 1;
    result += text.slice(position, Math.max(position, start)) + old;
    position = places[to] ?? text.length;
  }
  result += text.slice(position);
  return sha256(marksOf(result).text) === layout.before ? Buffer.from(result, 'utf8') : undefined;
}
