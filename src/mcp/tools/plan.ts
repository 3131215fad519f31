import { canonicalJson } from '../../engine/plan/canonical.ts';
import { type Answer, DEFAULT_CAP, HARD_CAP, type Input, nextCall } from '../answer.ts';
import { stampTree } from '../background/tree-stamp.ts';
import { groupRows, type Row, rowsOf } from '../group-rows.ts';
import { capOf, choiceInput, choiceOf, textOf } from '../input.ts';
import { saveDiff } from '../save-diff.ts';
import { begun, choice, objectSchema, paging, root } from '../schema.ts';
import { splitHunks } from '../split-hunks.ts';
import { shortened } from '../steady.ts';
import { offsetOf, takePage } from '../take-page.ts';
import type { Call, Tool } from '../tool.ts';
import { stillRunning, workOn } from '../work-on.ts';
import type { PlanReview } from '../works/review-plan.ts';

const SERVICES = 10;

/** Whoever reads page after page need not wait for a plan each time. */
let last: { readonly key: string; readonly review: PlanReview } | undefined;

export const plan: Tool = {
  name: 'plan',
  title: 'Plan tracing',
  description:
    'Start here. Shows which edits would put OpenTelemetry tracing into a Node.js or TypeScript repository, grouped by reason, what is left to a person (tasks) and what is left alone. Runs nothing and changes no file of the repository. Returns the planHash that apply takes. detail "diff" pages through the diff; the whole diff is in diff.file.',
  inputSchema: objectSchema({ root, ...choice, template: begun, detail: { type: 'string', enum: ['summary', 'diff'] }, ...paging }, [
    'root',
  ]),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  call: async (input, call) => {
    const options = choiceOf(input, call.root.path);
    const key = canonicalJson({ options, path: call.root.path, tree: stampTree(call.root.path) });
    if (textOf(input, 'cursor') !== undefined && last?.key === key) return showPlan(last.review, input, call);
    const work = await workOn('plan', options, call);
    if (work.status === 'running') return stillRunning(work.doing, nextCall('plan', { ...input, root: call.root.name }, ''));
    last = { key, review: work.found };
    return showPlan(work.found, input, call);
  },
};

function showPlan(review: PlanReview, input: Input, call: Call): Answer {
  const { planHash } = review;
  const isDiff = textOf(input, 'detail') === 'diff';
  const cursor = textOf(input, 'cursor');
  const rows = shortened(isDiff ? rowsOf('hunks', splitHunks(review.hunks)) : summaryRows(review));
  const head = isDiff || cursor !== undefined ? { planHash } : headOf(review, call);
  const after = nextStep(review, call);
  const offset = offsetOf(cursor, planHash);
  const room = Math.min(capOf(input, DEFAULT_CAP), HARD_CAP) - JSON.stringify({ head, after }).length - 300;
  const { items, nextCursor } = takePage(rows, planHash, offset, room);
  const lists = groupRows(items);
  if (nextCursor === undefined) return { ...head, ...lists, done: false, next: after };
  const more = nextCall('plan', { ...input, root: call.root.name, cursor: nextCursor }, 'The next page.');
  return { ...head, ...lists, nextCursor, done: false, next: isDiff || cursor !== undefined ? more : after };
}

function headOf(review: PlanReview, call: Call): Readonly<Record<string, unknown>> {
  const { planHash, counts, services } = review;
  // A new service wants its folder empty.
  const diff = review.options.scaffold === undefined ? { diff: saveDiff(call.root.path, planHash, review.patch) } : {};
  return { planHash, counts, services: shortened(services.slice(0, SERVICES)), ...diff };
}

function summaryRows({ reasons, tasks, files, leftAlone, problems, satisfied }: PlanReview): readonly Row[] {
  return [
    ...rowsOf('reasons', reasons),
    ...rowsOf('tasks', tasks),
    ...rowsOf('files', files),
    ...rowsOf('leftAlone', leftAlone),
    ...rowsOf('problems', problems),
    ...rowsOf('satisfied', satisfied),
  ];
}

function nextStep({ planHash, counts, options }: PlanReview, call: Call): Answer['next'] {
  const at = { root: call.root.name };
  if (counts.files === 0) return nextCall('verify', at, 'Everything is in place: start the program and check its traces.');
  return nextCall('apply', { ...at, planHash, ...choiceInput(options) }, 'Writes all of these files or nothing.');
}
