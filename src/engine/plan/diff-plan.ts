import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import { partition } from '../../ast/partition.ts';
import type { Plan } from '../../contract/index.ts';
import type { Workbench } from './compose-plan.ts';
import { compositionOf } from './create-plan.ts';
import type { Change } from './draft-file.ts';
import { decodeUtf8 } from './tree.ts';

/** Why one stretch of a file changes. `line` is 1-based, in the old file; 1 for a new file. */
export interface DiffReason {
  readonly line: number;
  readonly codemod: string;
  readonly why: string;
}

/** One hunk of a unified diff and why it is there. */
export interface DiffHunk {
  /** `@@ -1,3 +1,4 @@` */
  readonly header: string;
  /** Each starts with ' ', '+' or '-'. */
  readonly lines: readonly string[];
  readonly reasons: readonly DiffReason[];
}

/** What a plan does to one file. `patch` is what `git apply` takes; a binary file has no hunks and an empty patch. */
export interface FileDiff {
  readonly file: string;
  readonly kind: 'create' | 'change' | 'delete';
  readonly binary: boolean;
  readonly bytes: number;
  readonly patch: string;
  readonly hunks: readonly DiffHunk[];
  readonly reasons: readonly DiffReason[];
}

/** Unified diffs of a plan, file by file. */
export function diffWith(root: string, plan: Plan, workbench: Workbench): readonly FileDiff[] {
  return compositionOf(root, plan, workbench).changes.map(diffChange);
}

/** The diff of one change. */
export function diffChange(change: Change): FileDiff {
  const { file, before, after } = change;
  const kind = before === null ? 'create' : after === null ? 'delete' : 'change';
  const old = before === null ? '' : textOf(before);
  const next = after === null ? '' : textOf(after);
  const reasons = reasonsOf(change, old ?? '');
  const bytes = (after ?? before)?.length ?? 0;
  if (old === undefined || next === undefined) return { file, kind, binary: true, bytes, patch: '', hunks: [], reasons };
  const patch = structuredPatch(
    before === null ? '/dev/null' : `a/${file}`,
    after === null ? '/dev/null' : `b/${file}`,
    old,
    next,
    undefined,
    undefined,
    { context: 3 },
  );
  const hunks = patch.hunks.map((hunk) => ({
    header: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    lines: hunk.lines,
    reasons: between(reasons, hunk.oldStart, hunk.oldStart + Math.max(hunk.oldLines, 1)),
  }));
  return { file, kind, binary: false, bytes, patch: formatPatch(patch, FILE_HEADERS_ONLY), hunks, reasons };
}

function textOf(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  return text?.includes('\0') ? undefined : text;
}

function reasonsOf(change: Change, old: string): readonly DiffReason[] {
  const lineOf = linesIn(old);
  const reasons = change.reasons.map(({ codemod, why, start }) => ({ line: lineOf(start), codemod, why }));
  const unique = new Map(reasons.map((reason) => [`${reason.line} ${reason.codemod} ${reason.why}`, reason]));
  return [...unique.values()].sort((a, b) => a.line - b.line);
}

/** Of reasons in the order of their lines, those from one line to another. */
function between(reasons: readonly DiffReason[], first: number, last: number): readonly DiffReason[] {
  const from = partition(reasons, ({ line }) => line < first);
  return reasons.slice(
    from,
    partition(reasons, ({ line }) => line <= last),
  );
}

/** Tells the 1-based line of an offset. */
function linesIn(text: string): (offset: number) => number {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => partition(breaks, (at) => at < offset) + 1;
}
