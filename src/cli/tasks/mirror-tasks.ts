import { readFileSync } from 'node:fs';
import type { Mirrored } from '../../tasks/mirror/index.ts';
import { exportTasks, refuseCompletion, seedList, syncTasks } from '../../tasks/mirror/index.ts';
import { asCalled } from '../as-called.ts';
import { count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { printError } from '../print-error.ts';
import { folderOf } from './task-words.ts';

/** `seed`, `export` and `sync`: the steps and the task list of Claude Code. */
export async function mirrorTasks(invocation: Invocation, output: Output): Promise<number> {
  const work = { seed: seedList, export: exportTasks, sync: syncTasks }[invocation.argument ?? ''] ?? syncTasks;
  const mirrored = await work(folderOf(invocation), process.env);
  for (const line of describe(mirrored)) output.print(line);
  for (const warning of mirrored.warnings) output.note(`note: ${asCalled(warning, output.program)}`);
  output.printJson(mirrored);
  return 0;
}

function describe({ list, folder, seeded, changed, reset, present, gone, others, broken, done, total }: Mirrored): readonly string[] {
  const named = (what: string, ids: readonly string[]): readonly string[] => (ids.length === 0 ? [] : [`${what}: ${ids.join(', ')}`]);
  return [
    `${done} of ${total} steps done; ${count(present.length, 'task')} in the list ${list}`,
    `  in ${folder}`,
    ...named('seeded', seeded),
    ...named('changed', changed),
    ...named('completed there, but not done: pending again', reset),
    ...(gone > 0 ? [`${count(gone, 'task')} no longer in the list, kept in .tracewright/tasks/claude-tasks.json`] : []),
    ...(others > 0 ? [`${count(others, 'task')} of others left alone`] : []),
    ...broken.map((file) => `${file} holds no whole task and was left alone; remove it when nobody is writing it, then sync again`),
  ];
}

/** What Claude Code takes as "refused, tell the model why"; any other number but 0 is a fault of the hook, and stops nobody. */
const REFUSED = 2;
const FAILED = 1;

/** Answers Claude Code's hook TaskCompleted, which comes as JSON on standard input. */
export async function answerTaskHook(invocation: Invocation, output: Output): Promise<number> {
  try {
    const why = await refuseCompletion(folderOf(invocation), readFileSync(0, 'utf8'), process.env);
    if (why === undefined) return 0;
    output.note(asCalled(why, output.program));
    return REFUSED;
  } catch (error) {
    printError(error, output);
    return FAILED;
  }
}
