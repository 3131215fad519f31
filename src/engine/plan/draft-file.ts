import { Buffer } from 'node:buffer';
import type { ManifestEdit, Splice } from '../../contract/index.ts';
import { lineEndingAt, withLineEnding } from './line-ending.ts';
import { editManifest, isManifest } from './manifest.ts';
import { applyEdits, editPieces, originsIn, type Pieces, sortEdits, type TextEdit, toEdits, wholeText } from './text-edit.ts';
import { checkSplices, invalid } from './validate-edits.ts';

/** Why a stretch of the original text changes. Offsets refer to the original; both 0 for a file that did not exist. */
export interface Reason {
  readonly codemod: string;
  readonly why: string;
  readonly start: number;
  readonly end: number;
}

/** A file after some codemods: its text, or bytes of an asset, or nothing. `pieces` are of `original`. */
export interface DraftFile {
  readonly original: string | Uint8Array | undefined;
  readonly pieces: Pieces;
  readonly content: string | Uint8Array | undefined;
  readonly reasons: readonly Reason[];
}

/** A changed file. `edits` turn the old text into the new one; undefined for files that are created or deleted. */
export interface Change {
  readonly file: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  readonly edits: readonly TextEdit[] | undefined;
  readonly reasons: readonly Reason[];
}

/** A file nobody has changed yet. */
export function untouched(original: string | Uint8Array | undefined): DraftFile {
  return { original, pieces: wholeText(typeof original === 'string' ? original : ''), content: original, reasons: [] };
}

/** The file with new content where there was none. */
export function createIn(draft: DraftFile, codemod: string, content: string | Uint8Array, why: string): DraftFile {
  const text = typeof content === 'string' ? content : '';
  const pieces = { length: draft.pieces.length, pieces: text === '' ? [] : [{ text }] };
  return { ...draft, pieces, content, reasons: [...draft.reasons, { codemod, why, start: 0, end: 0 }] };
}

/** The file without its content. */
export function deleteIn(draft: DraftFile, codemod: string, why: string): DraftFile {
  const end = draft.pieces.length;
  return {
    ...draft,
    pieces: { length: draft.pieces.length, pieces: [] },
    content: undefined,
    reasons: [...draft.reasons, { codemod, why, start: 0, end }],
  };
}

/** The file with splices, whose offsets refer to its current text, and then values of a manifest written in. */
export function editIn(
  draft: DraftFile,
  codemod: string,
  file: string,
  splices: readonly Splice[],
  values: readonly ManifestEdit[],
): DraftFile {
  if (typeof draft.content !== 'string') throw invalid(codemod, file, 'there is no such text file');
  checkSplices(codemod, file, draft.content, splices);
  const { content } = draft;
  const own = splices.map((splice) => ({ ...splice, text: withLineEnding(splice.text, lineEndingAt(content, splice.start)) }));
  let edited = writeEdits(draft, codemod, sortEdits(own));
  for (const value of values) {
    const text = typeof edited.content === 'string' ? edited.content : '';
    if (!isManifest(text)) throw invalid(codemod, file, 'it is not valid JSON');
    const edit = editManifest(text, value);
    if (edit !== undefined) edited = writeEdits(edited, codemod, [{ ...edit, why: value.why }]);
  }
  return edited;
}

/** What the draft changes, or undefined when the bytes are the same. */
export function toChange(file: string, draft: DraftFile): Change | undefined {
  if (draft.content === draft.original) return undefined;
  const before = draft.original === undefined ? null : Buffer.from(draft.original);
  const after = draft.content === undefined ? null : Buffer.from(draft.content);
  return { file, before, after, edits: before === null || after === null ? undefined : toEdits(draft.pieces), reasons: draft.reasons };
}

function writeEdits(draft: DraftFile, codemod: string, edits: readonly (TextEdit & { why: string })[]): DraftFile {
  const originOf = originsIn(draft.pieces);
  const reasons = edits.map(({ why, start, end }) => ({ codemod, why, start: originOf(start), end: originOf(end) }));
  const text = typeof draft.content === 'string' ? draft.content : '';
  return { ...draft, pieces: editPieces(draft.pieces, edits), content: applyEdits(text, edits), reasons: [...draft.reasons, ...reasons] };
}
