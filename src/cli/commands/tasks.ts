import { TracewrightError } from '../../contract/index.ts';
import {
  acceptTasks,
  discardTasks,
  makeTasks,
  openTasks,
  readTasks,
  renderMermaid,
  renderTree,
  summarizeTasks,
  type TaskStatus,
} from '../../tasks/index.ts';
import { asCalled } from '../as-called.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { answerTaskHook, mirrorTasks } from '../tasks/mirror-tasks.ts';
import { printStatus, renderBrief } from '../tasks/print-status.ts';
import { resumeTasks, runTasks } from '../tasks/run-tasks.ts';
import { folderOf, taskOptions } from '../tasks/task-words.ts';

type Action = (invocation: Invocation, output: Output) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {
  plan,
  run: runTasks,
  resume: resumeTasks,
  status,
  graph,
  cancel,
  discard,
  approve: (invocation, output) => answer(invocation, output, true),
  reject: (invocation, output) => answer(invocation, output, false),
  seed: mirrorTasks,
  export: mirrorTasks,
  sync: mirrorTasks,
  hook: answerTaskHook,
};

/** Plans, runs and answers the steps of a migration. */
export async function tasks(invocation: Invocation, output: Output): Promise<number> {
  const action = actions[invocation.argument ?? ''];
  if (action === undefined) throw new TracewrightError('TW1072', `tasks ${invocation.argument}`);
  return action(invocation, output);
}

async function plan(invocation: Invocation, output: Output): Promise<number> {
  const folder = folderOf(invocation);
  if (invocation.flag('accept')) {
    const { edits } = acceptTasks(folder);
    for (const edit of edits) output.note(`taken over: ${edit}`);
  } else await withProgress(`reading ${folder}`, () => makeTasks(folder, taskOptions(invocation), invocation.flag('again')));
  return printStatus(folder, output);
}

async function status(invocation: Invocation, output: Output): Promise<number> {
  const folder = folderOf(invocation);
  if (!invocation.flag('brief')) return printStatus(folder, output);
  const summary = summarizeTasks(folder);
  output.print(asCalled(renderBrief(summary), output.program));
  output.printJson(summary);
  return 0;
}

async function graph(invocation: Invocation, output: Output): Promise<number> {
  const found = requireTasks(folderOf(invocation));
  output.print(invocation.flag('mermaid') ? renderMermaid(found) : renderTree(found, output.colors.isColorSupported));
  output.printJson(found.graph);
  return 0;
}

async function cancel(invocation: Invocation, output: Output): Promise<number> {
  const folder = folderOf(invocation);
  await openTasks(folder).cancel(invocation.text('note') ?? 'asked for on the command line');
  return printStatus(folder, output);
}

async function discard(invocation: Invocation, output: Output): Promise<number> {
  const discarded = discardTasks(folderOf(invocation), invocation.flag('begun'));
  const { kept } = discarded;
  const more =
    kept === undefined ? '' : ` The journal stays, and the graph as .tracewright/tasks/${kept}; files and branches are as they are.`;
  output.print(`The tasks are taken back.${more}`);
  output.printJson(discarded);
  return 0;
}

async function answer({ others, text }: Invocation, output: Output, approved: boolean): Promise<number> {
  const [step = '', folder = '.'] = others;
  await openTasks(folder).signal(step, { approved, note: text('note') ?? '' });
  return printStatus(folder, output);
}

function requireTasks(folder: string): TaskStatus {
  const found = readTasks(folder);
  if (found === undefined) throw new TracewrightError('TW4001', folder);
  return found;
}
