import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, editPieces, invertEdits, originsIn, type TextEdit, toEdits, wholeText } from './text-edit.ts';

/** Sorted edits that do not overlap, for a text of that length. */
function editsFor(length: number): fc.Arbitrary<readonly TextEdit[]> {
  return fc.array(fc.tuple(fc.nat(length), fc.string({ maxLength: 4 })), { maxLength: 6 }).map((points) => {
    const sorted = points.sort(([a], [b]) => a - b);
    return sorted.flatMap(([start, text], index): TextEdit[] => {
      if (index % 2 === 1) return [];
      const end = sorted[index + 1]?.[0] ?? start;
      return [{ start, end, text }];
    });
  });
}

const editedTwice = fc
  .string({ maxLength: 30 })
  .chain((text) => fc.tuple(fc.constant(text), editsFor(text.length)))
  .chain(([text, first]) => fc.tuple(fc.constant(text), fc.constant(first), editsFor(applyEdits(text, first).length)));

describe('text edits', () => {
  it('compose: edits on edits are edits on the original', () => {
    fc.assert(
      fc.property(editedTwice, ([text, first, second]) => {
        const pieces = editPieces(editPieces(wholeText(text), first), second);
        expect(applyEdits(text, toEdits(pieces))).toBe(applyEdits(applyEdits(text, first), second));
      }),
    );
  });

  it('invert: the inverse of the composition gives every character back', () => {
    fc.assert(
      fc.property(editedTwice, ([text, first, second]) => {
        const edits = toEdits(editPieces(editPieces(wholeText(text), first), second));
        const edited = applyEdits(text, edits);
        expect(applyEdits(edited, invertEdits(text, edits))).toBe(text);
        expect(applyEdits(text, invertEdits(edited, invertEdits(text, edits)))).toBe(edited);
      }),
    );
  });

  it('composed edits are sorted and apart', () => {
    fc.assert(
      fc.property(editedTwice, ([text, first, second]) => {
        const edits = toEdits(editPieces(editPieces(wholeText(text), first), second));
        for (const [index, edit] of edits.entries()) expect(edit.start).toBeGreaterThanOrEqual((edits[index - 1]?.end ?? -1) + 1);
      }),
    );
  });

  it('knows where a kept character was', () => {
    const pieces = editPieces(wholeText('abcdef'), [{ start: 2, end: 4, text: 'XYZ' }]);
    expect([0, 1, 2, 4, 5, 6, 7].map(originsIn(pieces))).toEqual([0, 1, 2, 2, 4, 5, 6]);
  });
});
