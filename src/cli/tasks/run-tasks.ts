import { exitCode, TracewrightError } from '../../contract/index.ts';
import { makeTasks, openTasks, readTasks, repairTasks, type StepNews } from '../../tasks/index.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { printStatus } from './print-status.ts';
import { folderOf } from './task-words.ts';

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Runs what is not done yet; plans the tasks first when there are none. */
export async function runTasks(invocation: Invocation, output: Output): Promise<number> {
  const folder = folderOf(invocation);
  if (readTasks(folder) === undefined) {
    const { graph } = await makeTasks(folder, { only: [], skip: [] }, false);
    output.note(`planned ${graph.steps.length} steps`);
  }
  return go(folder, invocation, output, false);
}

/** Goes on after a crash, a failure or a cancel. */
export async function resumeTasks(invocation: Invocation, output: Output): Promise<number> {
  const folder = folderOf(invocation);
  const copy = invocation.flag('repair') ? repairTasks(folder) : undefined;
  if (copy !== undefined) output.note(`the damaged journal is kept as .tracewright/tasks/${copy}`);
  return go(folder, invocation, output, true);
}

async function go(folder: string, invocation: Invocation, output: Output, resume: boolean): Promise<number> {
  const jobs = jobsOf(invocation);
  const engine = openTasks(folder);
  const { status, stopped } = await untilInterrupted(async (signal) => ({
    status: await engine.run({ jobs, resume, signal, onNews: (news) => tell(news, output) }),
    stopped: signal.aborted,
  }));
  printStatus(folder, output);
  if (stopped) return INTERRUPTED;
  // Work that was handed in and not accepted waits again, and is no success.
  const refused = status.steps.some(({ state, failure }) => state === 'waiting' && failure !== undefined);
  return !refused && (status.state === 'done' || status.state === 'waiting') ? 0 : exitCode('TW4009');
}

const words = { start: 'start', done: 'done', waiting: 'waits', fail: 'failed', again: 'failed, again', say: '' } as const;

function tell({ step, what, text }: StepNews, output: Output): void {
  output.note(`${step}: ${[words[what], text].filter(Boolean).join(' ')}`);
}

function jobsOf(invocation: Invocation): number {
  const text = invocation.text('jobs') ?? '2';
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new TracewrightError('TW1072', `--jobs ${text} is not a number from 1 to 99`);
}
