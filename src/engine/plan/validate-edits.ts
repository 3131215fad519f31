import { type Edit, type Splice, TracewrightError } from '../../contract/index.ts';
import { pathFault } from '../apply/path-rule.ts';
import { byCodeUnit } from './canonical.ts';
import { sortEdits } from './text-edit.ts';

const SHEBANG = /^\uFEFF?#![^\n]*\n?/;

/** Edits in one order for everyone: by file, then position, then as the codemod listed them. */
export function sortPlanned(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => byCodeUnit(a.file, b.file) || startOf(a) - startOf(b));
}

/** Refuses a path that nothing may write. */
export function checkPath(id: string, file: string): void {
  if (pathFault(file) !== undefined) throw invalid(id, file, 'the path is not a plain path inside the repository');
}

/** Refuses splices that are out of range, overlap, cut a character or a line ending in two, or push a BOM or shebang down. */
export function checkSplices(id: string, file: string, text: string, splices: readonly Splice[]): void {
  const floor = SHEBANG.exec(text)?.[0].length ?? (text.startsWith('\uFEFF') ? 1 : 0);
  let end = 0;
  for (const splice of sortEdits(splices)) {
    const at = `${file} at ${splice.start}`;
    const inRange =
      Number.isInteger(splice.start) && Number.isInteger(splice.end) && splice.start <= splice.end && splice.end <= text.length;
    if (!inRange || splice.start < 0) throw invalid(id, at, 'the offsets are out of range');
    if (splice.start < end) throw invalid(id, at, 'it overlaps another edit');
    if (splice.start < floor) throw invalid(id, at, 'it would come before the BOM or the shebang');
    if (isInside(text, splice.start) || isInside(text, splice.end)) throw invalid(id, at, 'it cuts a line ending or a character in two');
    end = splice.end;
  }
}

/** The error for an edit that a codemod must not plan. */
export function invalid(id: string, where: string, why: string): TracewrightError {
  return new TracewrightError('TW2091', `${id}, ${where}: ${why}`);
}

function startOf(edit: Edit): number {
  return edit.kind === 'splice' ? edit.start : -1;
}

function isInside(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  const cutsLineEnding = before === 13 && after === 10;
  const cutsCharacter = before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
  return cutsLineEnding || cutsCharacter;
}
