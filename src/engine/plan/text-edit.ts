import { partition } from '../../ast/partition.ts';

/** Replaces text[start, end); offsets are UTF-16 code units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A stretch of the original text that was kept, or text that was put in. */
type Piece = { readonly from: number; readonly to: number } | { readonly text: string };

/** A text as pieces of an original: edits on edits become edits on the original. */
export interface Pieces {
  readonly length: number;
  readonly pieces: readonly Piece[];
}

/** The untouched original. */
export function wholeText(text: string): Pieces {
  return { length: text.length, pieces: text.length === 0 ? [] : [{ from: 0, to: text.length }] };
}

/** Sorts by position and keeps the given order where two insertions share one. */
export function sortEdits<E extends TextEdit>(edits: readonly E[]): readonly E[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Applies sorted edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const edit of edits) {
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** Applies sorted edits, whose offsets refer to the current text, to the pieces. */
export function editPieces(current: Pieces, edits: readonly TextEdit[]): Pieces {
  const pieces: Piece[] = [];
  const rest = [...current.pieces].reverse();
  let position = 0;
  const take = (until: number, keep: boolean): void => {
    while (position < until) {
      const piece = rest.pop();
      if (piece === undefined) return;
      const size = sizeOf(piece);
      const used = Math.min(size, until - position);
      if (used < size) rest.push(slicePiece(piece, used, size));
      if (keep) pieces.push(slicePiece(piece, 0, used));
      position += used;
    }
  };
  for (const edit of edits) {
    take(edit.start, true);
    if (edit.text !== '') pieces.push({ text: edit.text });
    take(edit.end, false);
  }
  return { length: current.length, pieces: [...pieces, ...rest.reverse()] };
}

/** The same change as sorted edits on the original, touching pieces merged. */
export function toEdits(current: Pieces): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let position = 0;
  let text = '';
  const flush = (until: number): void => {
    if (text !== '' || until > position) edits.push({ start: position, end: until, text });
    text = '';
  };
  for (const piece of current.pieces) {
    if ('text' in piece) text += piece.text;
    else {
      flush(piece.from);
      position = piece.to;
    }
  }
  flush(current.length);
  return edits;
}

/** Tells where an offset of the current text was in the original; inserted text counts as the place it was inserted at. */
export function originsIn({ pieces }: Pieces): (offset: number) => number {
  const ends: number[] = [];
  /** End of the original text before each piece. */
  const origins: number[] = [0];
  for (const [index, piece] of pieces.entries()) {
    ends.push((ends.at(-1) ?? 0) + sizeOf(piece));
    origins.push('text' in piece ? (origins[index] ?? 0) : piece.to);
  }
  return (offset) => {
    const at = partition(ends, (end) => end <= offset);
    const piece = pieces[at];
    if (piece === undefined || 'text' in piece) return origins[at] ?? 0;
    return piece.from + offset - (ends[at - 1] ?? 0);
  };
}

/** Edits that turn the edited text back into the original. */
export function invertEdits(original: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: original.slice(edit.start, edit.end) };
  });
}

function sizeOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.to - piece.from;
}

function slicePiece(piece: Piece, start: number, end: number): Piece {
  return 'text' in piece ? { text: piece.text.slice(start, end) } : { from: piece.from + start, to: piece.from + end };
}
