import type { HunkRow } from './works/review-plan.ts';

/** Raw characters of one row: twice as many in JSON still fit into the smallest answer. */
const LONGEST = 1_600;

/** Hunks as rows that fit into any answer; a longer one goes on in the row after it. */
export function splitHunks(hunks: readonly HunkRow[]): readonly HunkRow[] {
  return hunks.flatMap((hunk) => {
    const [first = '', ...others] = pieces(hunk.lines ?? '');
    if (hunk.lines === undefined) return [hunk];
    const { file, kind, header } = hunk;
    const more = others.map((lines): HunkRow => ({ file, kind, why: [], ...(header && { header: `${header} (goes on)` }), lines }));
    return [{ ...hunk, lines: first }, ...more];
  });
}

function pieces(text: string): readonly string[] {
  const found: string[] = [];
  let piece: string[] = [];
  let size = 0;
  for (const whole of text.split('\n')) {
    const line = whole.length > LONGEST ? `${whole.slice(0, LONGEST - 2)} …` : whole;
    if (size + line.length > LONGEST && piece.length > 0) {
      found.push(piece.join('\n'));
      piece = [];
      size = 0;
    }
    piece.push(line);
    size += line.length + 1;
  }
  return [...found, piece.join('\n')];
}
