import { diffArrays } from 'diff';
import type { Finding } from './finding.ts';

/** Finds things in one text of a file. */
export type Find = (text: string) => readonly Finding[];

/**
 * Findings of a text that no earlier text of that file had. A line that moved is not new, nor one that was edited in place; one that is
 * there once more is.
 */
export function findAdded(text: string, before: readonly string[], find: Find): readonly Finding[] {
  const found = find(text);
  return before.reduce((left, old) => (left.length === 0 ? left : withoutOld(left, text, find(old), old)), found);
}

function withoutOld(found: readonly Finding[], text: string, known: readonly Finding[], old: string): readonly Finding[] {
  if (known.length === 0) return found;
  const [lines, oldLines] = [linesOf(text), linesOf(old)];
  const hunks = findHunks(oldLines, lines);
  const stays = (each: Finding): boolean => !hunks.added.has(each.line);
  const same = (a: Finding, b: Finding): boolean => a.code === b.code && lines[a.line - 1] === oldLines[b.line - 1];
  const edited = (a: Finding, b: Finding): boolean =>
    a.code === b.code && hunks.added.has(a.line) && hunks.added.get(a.line) === hunks.removed.get(b.line);
  const [still, rest] = pair([...found.filter(stays), ...found.filter((each) => !stays(each))], known, same);
  return pair(still, rest, edited)[0].toSorted((a, b) => a.line - b.line);
}

/** Those of two lists that have no partner in the other. */
function pair(
  found: readonly Finding[],
  known: readonly Finding[],
  fits: (a: Finding, b: Finding) => boolean,
): readonly [readonly Finding[], readonly Finding[]] {
  const left = [...known];
  const alone = found.filter((each) => {
    const at = left.findIndex((other) => fits(each, other));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return [alone, left];
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim().replace(/,$/, ''));
}

/** 1-based lines of both texts that the other does not have there, with the number of the place where they differ. */
function findHunks(old: readonly string[], lines: readonly string[]): Readonly<Record<'added' | 'removed', ReadonlyMap<number, number>>> {
  const [added, removed] = [new Map<number, number>(), new Map<number, number>()];
  let [line, oldLine, hunk] = [1, 1, 0];
  for (const { added: isNew, removed: isOld, value } of diffArrays([...old], [...lines], { maxEditLength: 5000 }) ?? []) {
    if (isNew) mark(added, line, value.length, hunk);
    else if (isOld) mark(removed, oldLine, value.length, hunk);
    else hunk += 1;
    line += isOld ? 0 : value.length;
    oldLine += isNew ? 0 : value.length;
  }
  return { added, removed };
}

function mark(lines: Map<number, number>, from: number, many: number, hunk: number): void {
  for (let line = from; line < from + many; line += 1) lines.set(line, hunk);
}
