import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import type { StepStatus } from '../status.ts';
import { keepTasks } from './archive.ts';
import { type ClaudeTask, markOf, parseTask, stepIn } from './claude-task.ts';
import { readList } from './list-files.ts';
import { type Mirror, openMirror } from './mirror.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Answers Claude Code before it completes a task: a sentence when the step it stands for is not done, else nothing. Throws TW1083. */
export async function refuseCompletion(root: string, input: string, env: Environment): Promise<string | undefined> {
  const { event, id, subject } = readInput(input);
  const named = stepIn(subject);
  if (event !== 'TaskCompleted' || (named === undefined && !/^[1-9]\d*$/.test(id))) return undefined;
  const mirror = named === undefined ? mirrorIfAny(root, env) : openMirror(root, env);
  if (mirror === undefined) return undefined;
  const task = taskIn(mirror, id);
  const mark = task && markOf(task);
  if (mark !== undefined && mark.repo !== mirror.place.repo) return undefined;
  const name = mark?.step ?? named;
  if (name === undefined) return undefined;
  const found = mirror.status.steps.find(({ step }) => step.id === name);
  if (found?.state !== 'done') return found === undefined ? unknown(name) : sentenceFor(found, mirror.status.steps);
  await keepCompleted(mirror, id);
  return undefined;
}

function readInput(input: string): { readonly event: unknown; readonly id: string; readonly subject: string } {
  try {
    const value = JSON.parse(input) as { hook_event_name?: unknown; task_id?: unknown; task_subject?: unknown };
    if (typeof value.task_subject === 'string')
      return { event: value.hook_event_name, id: String(value.task_id), subject: value.task_subject };
  } catch (cause) {
    throw new TracewrightError('TW1083', 'it is no whole JSON', { cause });
  }
  throw new TracewrightError('TW1083', 'task_subject is missing');
}

/** A task without our marker is somebody else's, unless the model took the marker out of its subject. */
function mirrorIfAny(root: string, env: Environment): Mirror | undefined {
  try {
    return openMirror(root, env);
  } catch {
    return undefined;
  }
}

function taskIn({ place }: Mirror, id: string): ClaudeTask | undefined {
  try {
    return /^[1-9]\d*$/.test(id) ? parseTask(readFileSync(join(place.folder, `${id}.json`), 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** The hook comes before the file changes and five seconds before a finished list is wiped: it is kept as it will be. */
async function keepCompleted({ home, place }: Mirror, id: string): Promise<void> {
  const { tasks, broken } = await readList(place.folder);
  const ours = tasks.filter((task) => markOf(task)?.repo === place.repo);
  const after = ours.map((task): ClaudeTask => (task.id === id ? { ...task, status: 'completed' } : task));
  await keepTasks(home, after, broken);
}

function unknown(name: string): string {
  return `Step ${name} is not part of the tasks any more. Call: tracewright tasks sync`;
}

function sentenceFor({ step, state, signal, failure }: StepStatus, steps: readonly StepStatus[]): string {
  const open = steps.filter((each) => step.after.includes(each.step.id) && each.state !== 'done').map((each) => each.step.id);
  const why = {
    pending: `waits for ${open.slice(0, 3).join(', ')}`,
    ready: 'was not run yet',
    running: 'is being run',
    interrupted: 'was interrupted',
    waiting: signal === undefined ? 'waits for an answer' : 'was answered, but not checked yet',
    failed: `failed with ${failure?.code ?? 'an error'}`,
    done: 'is done',
  }[state];
  return `Step ${step.id} is not done: it ${why}. ${nextFor(step.id, step.kind, state, signal !== undefined)}`;
}

function nextFor(id: string, kind: string, state: StepStatus['state'], isAnswered: boolean): string {
  if (state === 'running') return 'Call: tracewright tasks status';
  if (state === 'failed' || state === 'interrupted') return 'Call: tracewright tasks resume';
  if (state !== 'waiting' || isAnswered) return 'Call: tracewright tasks run';
  if (kind === 'gate') return `A person answers it: tracewright tasks approve ${id}`;
  return `Call, when its work is there: tracewright tasks approve ${id} && tracewright tasks run`;
}
