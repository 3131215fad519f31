import { diffArrays } from 'diff';
import type { Repo, Splice } from '../../src/contract/index.ts';
import type { Bootstrap, TracedService } from '../service/index.ts';
import { bootstrapText } from './bootstrap-text.ts';
import { reasons } from './reasons.ts';

/**
 * Adds what an earlier version did not look for, libraries that other libraries load, to the bootstrap that it wrote. `text` is the file
 * after all else that an upgrade changes. Undefined where nothing is missing, or where a person has changed the lines it goes into.
 */
export function completeBootstrap(bootstrap: Bootstrap, traced: TracedService, text: string, repo: Repo): Splice | undefined {
  const { covered } = traced.coverage;
  const missing = covered.filter(({ dependency, name }) => dependency.through !== undefined && !text.includes(name));
  const there = covered.filter(({ name }) => text.includes(name));
  if (missing.length === 0) return undefined;
  const textFor = (wanted: typeof covered): string =>
    bootstrapText(bootstrap, { ...traced, coverage: { ...traced.coverage, covered: wanted } }, repo);
  const fresh = covered.filter((each) => there.includes(each) || missing.includes(each));
  const lines = carryOver(linesOf(textFor(there)), linesOf(textFor(fresh)), linesOf(text));
  return lines && spliceOf(bootstrap.file, repo.read(bootstrap.file) ?? '', lines, reasons.completed(missing));
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

interface Hunk {
  /** The line before it in both texts. */
  readonly before: string | undefined;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Makes the changes from one text to another in a third, at the lines that it has in common with the first. */
function carryOver(from: readonly string[], to: readonly string[], target: readonly string[]): readonly string[] | undefined {
  const lines = [...target];
  for (const { before, removed, added } of hunksOf(from, to)) {
    const isInserted = removed.length === 0;
    const at = placeOf(lines, isInserted ? (before === undefined ? [] : [before]) : removed);
    if (at === undefined) return undefined;
    lines.splice(isInserted ? at + 1 : at, removed.length, ...added);
  }
  return lines;
}

function hunksOf(from: readonly string[], to: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let before: string | undefined;
  let open: Hunk | undefined;
  for (const part of diffArrays([...from], [...to])) {
    if (!part.added && !part.removed) {
      before = part.value.at(-1);
      open = undefined;
      continue;
    }
    if (open !== undefined) hunks.pop();
    open = { before, removed: [], added: [], ...open, [part.added ? 'added' : 'removed']: part.value };
    hunks.push(open);
  }
  return hunks;
}

/** Where these lines stand one after the other; undefined unless there is just one place. */
function placeOf(lines: readonly string[], wanted: readonly string[]): number | undefined {
  const places = lines.flatMap((_, at) => (wanted.every((line, offset) => lines[at + offset] === line) ? [at] : []));
  return places.length === 1 && wanted.length > 0 ? places[0] : undefined;
}

/** One splice over everything from the first line that differs to the last. */
function spliceOf(file: string, text: string, lines: readonly string[], why: string): Splice {
  const old = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const fresh = lines.join('\n').match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const isSame = (a: string | undefined, b: string | undefined): boolean => a?.replace('\r', '') === b;
  let head = 0;
  while (head < old.length && isSame(old[head], fresh[head])) head++;
  let tail = 0;
  while (tail < Math.min(old.length, fresh.length) - head && isSame(old.at(-1 - tail), fresh.at(-1 - tail))) tail++;
  const start = old.slice(0, head).join('').length;
  const end = text.length - old.slice(old.length - tail).join('').length;
  return { kind: 'splice', file, start, end, text: fresh.slice(head, fresh.length - tail).join(''), why };
}
