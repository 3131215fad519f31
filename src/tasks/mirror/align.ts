import type { StepStatus } from '../status.ts';
import { type ClaudeTask, markOf, stepIn } from './claude-task.ts';
import { changeTask } from './list-files.ts';
import type { Mirror } from './mirror.ts';
import { taskOf } from './seed-task.ts';

/** Brings one task of ours in line with its step; undefined when it was so already, or is gone. */
export async function alignTask(
  { place, status }: Mirror,
  { id }: ClaudeTask,
  ids: ReadonlyMap<string, string>,
): Promise<{ readonly step: string; readonly reset: boolean } | undefined> {
  let reset = false;
  const changed = await changeTask(place.folder, id, (task) => {
    const mark = markOf(task);
    // Its id may be somebody else's by now.
    if (mark?.repo !== place.repo) return undefined;
    const found = status.steps.find(({ step }) => step.identity === mark.identity);
    const wanted = found === undefined ? dropped(task) : inLine(task, found, edgesOf(status.steps, found, ids));
    reset = task.status === 'completed' && wanted.status === 'pending';
    return JSON.stringify(wanted) === JSON.stringify(task) ? undefined : wanted;
  });
  const step = changed && markOf(changed)?.step;
  return step === undefined ? undefined : { step, reset };
}

type Edges = Pick<ClaudeTask, 'blocks' | 'blockedBy'>;

function edgesOf(steps: readonly StepStatus[], { step }: StepStatus, ids: ReadonlyMap<string, string>): Edges {
  const idsOf = (some: readonly StepStatus[]): readonly string[] => some.flatMap((each) => ids.get(each.step.identity) ?? []);
  return {
    blocks: idsOf(steps.filter((each) => each.step.after.includes(step.id))),
    blockedBy: idsOf(steps.filter((each) => step.after.includes(each.step.id))),
  };
}

const RESET = 'Completed here without being done: open again.';

/** Edges of others, the owner and the words of the model stay. */
function inLine(task: ClaudeTask, { step, state }: StepStatus, edges: Edges): ClaudeTask {
  const isReset = task.status === 'completed' && state !== 'done';
  const fresh = taskOf(step, task.id, { repo: '', step: step.id, identity: step.identity }, edges);
  return {
    ...task,
    subject: stepIn(task.subject) === step.id ? task.subject : fresh.subject,
    description: isReset && !task.description.startsWith(RESET) ? `${RESET} ${task.description}` : task.description,
    status: statusFor(task, state),
    blocks: [...new Set([...task.blocks, ...edges.blocks])],
    blockedBy: [...new Set([...task.blockedBy, ...edges.blockedBy])],
  };
}

function statusFor({ status }: ClaudeTask, state: StepStatus['state']): ClaudeTask['status'] {
  if (state === 'done') return 'completed';
  if (state === 'running') return 'in_progress';
  return status === 'completed' ? 'pending' : status;
}

const DROPPED = 'No longer part of the tasks; nothing to do.';

/** A step that was planned anew under another identity leaves its old task behind. */
function dropped(task: ClaudeTask): ClaudeTask {
  if (task.status === 'completed') return task;
  const mark = { ...markOf(task), dropped: true };
  return { ...task, status: 'completed', description: `${DROPPED} ${task.description}`, metadata: { ...task.metadata, tracewright: mark } };
}
