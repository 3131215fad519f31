import type { PlanOptions, Task } from '../../contract/index.ts';
import type { DiffReason, FileDiff } from '../../engine/index.ts';
import { groupReasons, look } from '../../review/index.ts';
import { planNewService } from '../../scaffold/index.ts';

/** Edits that are made for one reason. */
export interface ReasonRow {
  readonly codemod: string;
  readonly why: string;
  /** `file:line` in the old file. */
  readonly at: readonly string[];
  readonly more?: number;
}

/** One hunk of the diff, or a file that has none. */
export interface HunkRow {
  readonly file: string;
  readonly kind: FileDiff['kind'];
  readonly why: readonly string[];
  readonly header?: string;
  readonly lines?: string;
  /** Of a file that is no text. */
  readonly bytes?: number;
}

/** A plan as it is shown: nothing in it depends on where the repository lies. */
export interface PlanReview {
  readonly planHash: string;
  readonly options: PlanOptions;
  readonly services: readonly string[];
  readonly counts: { readonly files: number; readonly added: number; readonly removed: number; readonly tasks: number };
  readonly reasons: readonly ReasonRow[];
  readonly tasks: readonly Task[];
  /** `app.js +5 -2` */
  readonly files: readonly string[];
  readonly leftAlone: readonly { readonly codemod: string; readonly why: string; readonly next: string }[];
  readonly satisfied: readonly { readonly codemod: string; readonly why: string }[];
  readonly problems: readonly { readonly code: string; readonly detail: string; readonly at: string }[];
  readonly hunks: readonly HunkRow[];
  /** What `git apply` takes. */
  readonly patch: string;
}

/** Plans a repository, and says what a reviewer wants to know. Writes nothing. */
export function reviewPlan(root: string, options: PlanOptions): PlanReview {
  const found = options.scaffold === undefined ? look(root, options) : planNewService(root, options.scaffold);
  const { plan, diffs, survey, left: tasks } = found;
  const sizes = diffs.map(countLines);
  return {
    planHash: plan.hash,
    options: plan.options,
    services: survey.services.map(({ name, package: dir }) => (dir === '' ? name : `${name} (${dir}/)`)),
    counts: {
      files: diffs.length,
      added: sizes.reduce((sum, { added }) => sum + added, 0),
      removed: sizes.reduce((sum, { removed }) => sum + removed, 0),
      tasks: tasks.length,
    },
    reasons: reasonRows(diffs),
    tasks,
    files: diffs.map(({ file, kind }, index) => [file, ...sizeWords(kind, sizes[index])].join(' ')),
    leftAlone: plan.codemods.flatMap((one) => (one.status === 'unsupported' ? [{ codemod: one.id, why: one.why, next: one.next }] : [])),
    satisfied: plan.codemods.flatMap((one) => (one.status === 'satisfied' ? [{ codemod: one.id, why: one.why }] : [])),
    problems: plan.problems.map(({ code, detail, evidence }) => ({ code, detail, at: `${evidence.file}:${evidence.line}` })),
    hunks: diffs.flatMap(hunkRows),
    patch: diffs.map(({ patch }) => patch).join(''),
  };
}

const PLACES = 6;

function reasonRows(diffs: readonly FileDiff[]): readonly ReasonRow[] {
  const places = diffs.flatMap(({ file, reasons }) => reasons.map((reason) => ({ ...reason, at: `${file}:${reason.line}` })));
  const alike = new Map<string, (DiffReason & { readonly at: string })[]>();
  for (const place of places) alike.set(shapeOf(place), [...(alike.get(shapeOf(place)) ?? []), place]);
  return [...alike.values()].map((group) => {
    const at = [...new Set(group.map((reason) => reason.at))];
    const more = at.length - PLACES;
    return {
      codemod: group[0]?.codemod ?? '',
      why: groupReasons(group)[0]?.text ?? '',
      at: at.slice(0, PLACES),
      ...(more > 0 && { more }),
    };
  });
}

function shapeOf(reason: DiffReason): string {
  return groupReasons([reason])[0]?.shape ?? '';
}

function hunkRows({ file, kind, binary, bytes, hunks, reasons }: FileDiff): readonly HunkRow[] {
  const whyOf = (these: readonly DiffReason[]): readonly string[] => groupReasons(these).map(({ text }) => text);
  if (binary || hunks.length === 0) return [{ file, kind, why: whyOf(reasons), bytes }];
  return hunks.map((hunk) => ({ file, kind, why: whyOf(hunk.reasons), header: hunk.header, lines: hunk.lines.join('\n') }));
}

function countLines({ hunks }: FileDiff): { readonly added: number; readonly removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return { added: lines.filter((line) => line.startsWith('+')).length, removed: lines.filter((line) => line.startsWith('-')).length };
}

function sizeWords(kind: FileDiff['kind'], size = { added: 0, removed: 0 }): readonly string[] {
  if (kind === 'delete') return ['deleted'];
  const { added, removed } = size;
  return [...(kind === 'create' ? ['new'] : []), ...(added > 0 ? [`+${added}`] : []), ...(removed > 0 ? [`-${removed}`] : [])];
}
