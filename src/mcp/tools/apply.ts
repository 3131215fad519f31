import { type Answer, DEFAULT_CAP, nextCall } from '../answer.ts';
import { choiceOf, textOf } from '../input.ts';
import { choice, objectSchema, root, template } from '../schema.ts';
import { steady } from '../steady.ts';
import { takePage } from '../take-page.ts';
import type { Call, Tool } from '../tool.ts';
import { stillRunning, workOn } from '../work-on.ts';
import type { AppliedReview } from '../works/apply-reviewed.ts';

export const apply: Tool = {
  name: 'apply',
  title: 'Apply a plan',
  description:
    'Writes the plan with this planHash: all of it or nothing. Refused when the repository is no longer as it was planned, or has uncommitted changes. only, skip and with choose codemods: as in plan, or fewer of a whole plan. Runs nothing and installs nothing; verify does. A second call changes nothing, undo restores every byte.',
  inputSchema: objectSchema(
    { root, planHash: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'From plan.' }, ...choice, template },
    ['root', 'planHash'],
  ),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  call: async (input, call) => {
    const order = { planHash: textOf(input, 'planHash') ?? '', choice: choiceOf(input, call.root.path) };
    const work = await workOn('apply', order, call);
    const again = nextCall('apply', { ...input, root: call.root.name }, '');
    return work.status === 'running' ? stillRunning(work.doing, again) : showApplied(steady(work.found, call.root.path), call);
  },
};

function showApplied(applied: AppliedReview, call: Call): Answer {
  const { status, changed, files, git, recovered, planHash, installs, tasks } = applied;
  // A clean tree had a commit, so the program can be compared with what it was.
  const against = git === 'clean' ? { against: 'HEAD' } : {};
  const missing = installs.length > 0 ? 'Installs what was added, starts' : 'Starts';
  const next = nextCall('verify', { root: call.root.name, ...against }, `${missing} the program and checks its traces.`);
  const some = (items: readonly unknown[]): readonly unknown[] => takePage(items, planHash, 0, DEFAULT_CAP / 4).items;
  return {
    status,
    changed,
    files: some(files),
    ...(recovered && { recovered }),
    planHash,
    git,
    installs: some(installs),
    tasks: some(tasks.map(({ file, line, why }) => `${file}:${line} ${why}`)),
    done: false,
    next,
  };
}
