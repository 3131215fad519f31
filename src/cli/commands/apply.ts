import { readFileSync } from 'node:fs';
import { type Applied, type Plan, TracewrightError } from '../../contract/index.ts';
import { applyPlan, recoverApply } from '../../engine/index.ts';
import { ask } from '../ask.ts';
import { installAll, typedInstall } from '../install.ts';
import { count } from '../layout.ts';
import { type Look, look } from '../look.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { renderDiff } from '../render-diff.ts';
import { renderLook, renderNext, tasksOf } from '../render-plan.ts';

/** Plans, shows, asks, and writes everything or nothing. */
export async function apply(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const file = invocation.text('plan');
  const reviewed = file === undefined ? undefined : readPlan(file);
  const options = reviewed?.options ?? { only: invocation.list('only'), skip: invocation.list('skip') };
  if (recoverApply(folder)) output.note('An interrupted apply was put back first.');
  const found = await withProgress(`reading ${folder}`, () => look(folder, options));
  const plan = reviewed ?? found.plan;
  if (plan.hash === found.plan.hash) {
    output.print(renderLook(found, output));
    if (!(await agreed(folder, found, invocation, output))) return declined(output);
  }
  const applied = applyPlan(folder, plan, { allowDirty: invocation.flag('allowDirty') });
  const installed = invocation.flag('install') && applied.installs.length > 0;
  if (installed) await withProgress('installing', ({ say }) => installAll(folder, applied.installs, say));
  output.print(`\n${renderApplied(folder, applied, installed, output)}`);
  output.printJson({ ...applied, installed, plan: plan.hash, tasks: tasksOf(plan) });
  return 0;
}

async function agreed(folder: string, { diffs }: Look, invocation: Invocation, output: Output): Promise<boolean> {
  if (diffs.length === 0 || invocation.flag('yes')) return true;
  const what = count(diffs.length, 'file');
  if (!output.interactive) throw new TracewrightError('TW1073', `${what} would change in ${folder}`);
  output.print('');
  const show = (): void => output.print(renderDiff(diffs, output));
  return ask(`Change ${what} ${folder === '.' ? 'here' : `in ${folder}`}?`, show);
}

function declined(output: Output): number {
  output.print('Nothing was written.');
  return 0;
}

function renderApplied(folder: string, applied: Applied, installed: boolean, output: Output): string {
  const changed = output.colors.bold(`changed: ${applied.changed}`);
  const installs = installed ? [] : applied.installs.map((one) => [typedInstall(folder, one), 'install what was added'] as const);
  const verify = [`tracewright verify ${folder}`, 'start it, send requests, check its traces'] as const;
  if (applied.changed === 0) return `${changed}\n\n${renderNext([verify], output)}`;
  const guard = applied.git === 'none' ? '\nThis folder is in no git repository: only .tracewright/receipt.json can undo this.' : '';
  return `${changed}${guard}\n\n${renderNext([...installs, verify, [`tracewright undo ${folder}`, 'put every byte back']], output)}`;
}

/** The plan in a file; whether it is one, the engine decides. */
function readPlan(file: string): Plan {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TracewrightError('TW1074', file, { cause });
  }
  try {
    return JSON.parse(text) as Plan;
  } catch (cause) {
    throw new TracewrightError('TW2020', `${file} is not JSON`, { cause });
  }
}
