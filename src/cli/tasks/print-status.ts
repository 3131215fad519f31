import { catalogue, type ErrorCode, TracewrightError } from '../../contract/index.ts';
import { nextOf, readTasks, renderTree, type StepStatus, summaryOf, type TaskSummary } from '../../tasks/index.ts';
import { asCalled } from '../as-called.ts';
import type { Output } from '../output.ts';
import { formatError } from '../print-error.ts';
import { renderNext } from '../render-next.ts';

/** Prints how the tasks of a folder stand: the tree, what failed, what waits, and what to do next. */
export function printStatus(folder: string, output: Output): number {
  const status = readTasks(folder);
  if (status === undefined) throw new TracewrightError('TW4001', folder);
  const { runner, steps, graph, head } = status;
  const { done, total, branch } = summaryOf(status);
  const { colors } = output;
  output.print(`${colors.bold(`${done} of ${total} steps done`)}, ${status.state}, on ${branch}`);
  if (runner !== undefined) output.print(`process ${runner.pid} runs them`);
  if (status.cancelled !== undefined) output.print(`cancelled: ${status.cancelled}`);
  output.print(`\n${renderTree(status, colors.isColorSupported)}`);
  for (const each of steps) if (each.state === 'failed') output.print(`\n${asCalled(describeFailure(each), output.program)}`);
  for (const each of steps)
    if (each.state === 'waiting' && each.signal === undefined) output.print(`\n${asCalled(describeWait(each), output.program)}`);
  const isTogether = status.state === 'done' && graph.repositories['.'] === undefined;
  output.print(`\n${renderNext([[nextOf(status), isTogether ? keptApart : nextWhy[status.state]]], output)}`);
  const short = steps.map(({ step, ...rest }) => ({ id: step.id, kind: step.kind, after: step.after, identity: step.identity, ...rest }));
  const { cancelled } = status;
  output.printJson({
    ...summaryOf(status),
    repositories: graph.repositories,
    ...(cancelled === undefined ? {} : { cancelled }),
    head,
    steps: short,
  });
  return 0;
}

const nextWhy = {
  new: 'start them',
  open: 'go on',
  running: 'look again',
  waiting: 'when it is done; then `tracewright tasks run`',
  failed: 'when it is mended; finished steps are not run again',
  cancelled: 'go on',
  done: 'the branch has the change, its golden traces and the journal',
} as const;

const keptApart = 'each branch has its change and golden traces; the journal stays in this folder';

function describeFailure({ step, failure, attempts }: StepStatus): string {
  const { code = 'TW9001', reason = '' } = failure ?? {};
  const known = Object.hasOwn(catalogue, code) ? catalogue[code as ErrorCode] : catalogue.TW9001;
  return `${formatError(code, known.title, reason, known.next)}\n  log    .tracewright/tasks/local/logs/${step.id.replaceAll(':', '-')}.${attempts}.log`;
}

function describeWait({ step, failure }: StepStatus): string {
  const refused = failure === undefined ? '' : `\n  not accepted   ${failure.code} ${failure.reason}`;
  if (step.kind === 'gate')
    return `? ${step.id}: ${step.input.question}${refused}\n  yes            tracewright tasks approve ${step.id}\n  no             tracewright tasks reject ${step.id} --note "<why>"`;
  return step.kind === 'agent' ? `? ${step.id}: ${step.input.instruction}${refused}\n  accepted when  ${step.input.accepted}` : '';
}

/** The summary for an agent, as text. */
export function renderBrief({ state, done, total, branch, failed, waiting, running, about, next }: TaskSummary): string {
  const ids = [
    ['failed', failed],
    ['waiting', waiting],
    ['running', running],
  ] as const;
  const named = ids.filter(([, list]) => list.length > 0).map(([name, list]) => `${name}: ${list.join(', ')}`);
  return [
    `tracewright tasks: ${state}, ${done} of ${total} done${branch ? `, branch ${branch}` : ''}`,
    ...named,
    ...(about ? [about] : []),
    `next: ${next}`,
  ].join('\n');
}
