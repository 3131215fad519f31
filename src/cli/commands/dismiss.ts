import { existsSync } from 'node:fs';
import { TracewrightError } from '../../contract/index.ts';
import { createPlan, dismissTask, leftTasks, type OpenTask, readDismissed, shippedWorkbench } from '../../engine/index.ts';
import { quoteWord } from '../../install/index.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { renderTasks } from '../render-plan.ts';

/** Notes that a person will not do a task, and why; without a task it lists those that are open. */
export async function dismiss(invocation: Invocation, output: Output): Promise<number> {
  const { task, folder } = wordsOf(invocation);
  const open = openIn(folder);
  if (task === undefined) return list(folder, open, output);
  const why = invocation.text('why')?.trim();
  if (why === undefined || why === '') throw new TracewrightError('TW1072', `say why: tracewright dismiss ${task} --why "<reason>"`);
  const dismissed = dismissTask(folder, task, why, open);
  output.print(`${output.colors.bold(`dismissed: ${dismissed.id}`)}  ${dismissed.file}:${dismissed.line}`);
  output.print(`It is noted in .tracewright/dismissed.json; ${open.length - 1} left. To open it again, take it out of that file.`);
  output.printJson({ dismissed: { ...dismissed, reason: why }, left: open.filter(({ id }) => id !== dismissed.id) });
  return 0;
}

/** `dismiss <task> <folder>`; a folder alone lists what is open there. */
function wordsOf({ argument, others }: Invocation): { readonly task?: string; readonly folder: string } {
  const isTask = argument !== undefined && (others[0] !== undefined || /^t-|:\d+$/.test(argument) || !existsSync(argument));
  return isTask ? { task: argument, folder: others[0] ?? '.' } : { folder: argument ?? '.' };
}

function openIn(folder: string): readonly OpenTask[] {
  const workbench = shippedWorkbench();
  return leftTasks(folder, createPlan(folder, { only: [], skip: [] }, workbench), () => workbench);
}

function list(folder: string, open: readonly OpenTask[], output: Output): number {
  const dismissed = readDismissed(folder);
  const place = folder === '.' ? '' : ` ${quoteWord(folder)}`;
  if (open.length === 0) output.print(output.colors.bold('Nothing is left to do'));
  else output.print(`${renderTasks(open, output)}\n\nNot to be done: tracewright dismiss ${open[0]?.id}${place} --why "<reason>"`);
  for (const { task, file, why } of dismissed) output.print(`dismissed  ${task}  ${file}: ${why}`);
  output.printJson({ left: open, dismissed });
  return 0;
}
