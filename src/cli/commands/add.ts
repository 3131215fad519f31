import { type AddedPart, type Applied, TracewrightError } from '../../contract/index.ts';
import { applyPlan } from '../../engine/index.ts';
import { quoteWord, typedInstall } from '../../install/index.ts';
import { type Look, tasksOf } from '../../review/index.ts';
import { checkAsked, partKinds, planPart } from '../../scaffold/index.ts';
import { putBackInterrupted } from '../agree-to-put-back.ts';
import { ask } from '../ask.ts';
import { type Cell, columns, count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { renderChanges } from '../render-changes.ts';
import { renderDiff } from '../render-diff.ts';
import { renderNext } from '../render-next.ts';

/** Adds a part to a traced service: shows the edits, asks, writes all of them or nothing. */
export async function add(invocation: Invocation, output: Output): Promise<number> {
  if (invocation.flag('list')) return printParts(output);
  const { folder, asked } = readAsked(invocation);
  if ((await putBackInterrupted(folder, invocation, output)) === 'left') return declined(output);
  const { found, workbench } = await withProgress(`reading ${folder}`, () => planPart(folder, asked));
  const tasks = tasksOf(found.plan);
  if (found.diffs.length > 0) output.print(renderChanges(found.diffs, output));
  if (!(await agreed(folder, found, invocation, output))) return declined(output);
  const applied = applyPlan(folder, found.plan, { allowDirty: invocation.flag('allowDirty') }, workbench);
  output.print(`\n${output.colors.bold(`changed: ${applied.changed}`)}`);
  for (const { file, line, why, next } of tasks) output.print(`\n  ${file}:${line} ${why}\n    ${next}`);
  output.print(`\n${renderNext(stepsOf(folder, asked, applied), output)}`);
  output.printJson({ ...asked, ...applied, plan: found.plan.hash, tasks });
  return 0;
}

/** The words as a part. Throws TW1072, TW1106, TW1107. */
function readAsked(invocation: Invocation): { readonly folder: string; readonly asked: AddedPart } {
  const { argument, others } = invocation;
  if (argument === undefined)
    throw new TracewrightError('TW1072', `a part is missing; there are ${partKinds.map(({ id }) => id).join(', ')}`, {
      next: 'Name one: `tracewright add route /items/:id`. `tracewright add --list` says what each is.',
    });
  const wants = partKinds.find(({ id }) => id === argument)?.subject !== undefined;
  const [subject, place] = wants ? others : [undefined, others[0]];
  const service = invocation.text('service');
  return { folder: place ?? '.', asked: { ...checkAsked(argument, subject), ...(service !== undefined && { service }) } };
}

function printParts(output: Output): number {
  const rows = partKinds.map(({ id, title, subject }): Cell[] => [
    { text: subject === undefined ? id : `${id} ${subject.example}`, paint: output.colors.cyan },
    { text: title },
  ]);
  output.print(`${output.colors.bold(count(partKinds.length, 'part'))}\n${columns(rows, '  ', output.width)}`);
  output.printJson({ parts: partKinds.map(({ id, title, subject }) => ({ id, title, ...(subject && { example: subject.example }) })) });
  return 0;
}

async function agreed(folder: string, { diffs }: Look, invocation: Invocation, output: Output): Promise<boolean> {
  if (diffs.length === 0 || invocation.flag('yes')) return true;
  const what = count(diffs.length, 'file');
  if (!output.interactive) throw new TracewrightError('TW1073', `${what} would change in ${folder}`);
  output.print('');
  return ask(`Change ${what} ${folder === '.' ? 'here' : `in ${folder}`}?`, () => output.print(renderDiff(diffs, output)));
}

function declined(output: Output): number {
  output.print('Nothing was written.');
  return 0;
}

type Step = readonly [command: string, why: string];

function stepsOf(folder: string, { part }: AddedPart, applied: Applied): readonly Step[] {
  const typed = quoteWord(folder);
  const isCode = !['dockerfile', 'collector'].includes(part);
  const brings = applied.installs.length > 0;
  const installs = applied.installs.map((one): Step => [typedInstall(folder, one), 'installs what was added']);
  const traced: readonly Step[] = brings
    ? [[`tracewright apply ${typed}`, 'loads its tracing where the service starts, if need be; commit first']]
    : [];
  const record: readonly Step[] = isCode ? [[`tracewright record ${typed}`, 'writes its golden trace: look at it and commit']] : [];
  const undo: readonly Step[] = applied.changed > 0 ? [[`tracewright undo ${typed}`, 'puts every byte back']] : [];
  return [...installs, ...traced, ...record, ...undo];
}
