import { readFileSync, realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { type Applied, type Install, type Plan, TracewrightError } from '../../contract/index.ts';
import { applyPlan } from '../../engine/index.ts';
import { installAll, missingInstalls, quoteWord, typedInstall } from '../../install/index.ts';
import { type Look, look, tasksOf } from '../../review/index.ts';
import { putBackInterrupted } from '../agree-to-put-back.ts';
import { ask } from '../ask.ts';
import { buildSteps } from '../build-steps.ts';
import { count } from '../layout.ts';
import type { Output } from '../output.ts';
import { chosenBy, type Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { renderDiff } from '../render-diff.ts';
import { renderNext } from '../render-next.ts';
import { renderLook } from '../render-plan.ts';
import { untilInterrupted } from '../until-interrupted.ts';

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** A file as the listing of the folder has it. */
function pathBelow(folder: string, file: string): string {
  return relative(realpathSync(folder), realpathSync(file)).split(sep).join('/');
}

/** Plans, shows, asks, and writes everything or nothing. */
export async function apply(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const file = invocation.text('plan');
  const reviewed = file === undefined ? undefined : readPlan(file);
  const options = reviewed?.options ?? chosenBy(invocation);
  if ((await putBackInterrupted(folder, invocation, output)) === 'left') return declined(output);
  const found = await withProgress(`reading ${folder}`, () => look(folder, options));
  const plan = reviewed ?? found.plan;
  if (plan.hash === found.plan.hash) {
    output.print(renderLook(found, output));
    if (!(await agreed(folder, found, invocation, output))) return declined(output);
  }
  const written = applyPlan(folder, plan, {
    allowDirty: invocation.flag('allowDirty'),
    besides: file === undefined ? [] : [pathBelow(folder, file)],
  });
  const applied = written.changed > 0 ? written : { ...written, installs: missingInstalls(folder) };
  const wanted = invocation.flag('install') && applied.installs.length > 0;
  const installed = wanted && (await installUntilInterrupted(folder, applied.installs));
  const interrupted = wanted && !installed;
  output.print(`\n${renderApplied(folder, applied, { installed, interrupted }, output)}`);
  output.printJson({ ...applied, installed, ...(interrupted ? { interrupted } : {}), plan: plan.hash, tasks: tasksOf(plan) });
  return interrupted ? INTERRUPTED : 0;
}

function installUntilInterrupted(folder: string, installs: readonly Install[]): Promise<boolean> {
  return withProgress('installing', ({ say }) => untilInterrupted((signal) => installAll(folder, installs, say, signal)));
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

interface Installed {
  readonly installed: boolean;
  readonly interrupted: boolean;
}

function renderApplied(folder: string, applied: Applied, { installed, interrupted }: Installed, output: Output): string {
  const typed = quoteWord(folder);
  const lines = [output.colors.bold(`changed: ${applied.changed}`)];
  if (applied.changed > 0 && applied.git === 'none')
    lines.push('This folder is in no git repository: only .tracewright/receipt.json can undo this.');
  if (interrupted) lines.push(`${changedFiles(applied)}; the install was interrupted.`);
  else if (installed && applied.changed === 0) lines.push('What an earlier apply added is installed now.');
  const install = applied.changed > 0 ? 'install what was added' : 'install what an earlier apply added';
  const installs = installed ? [] : applied.installs.map((one) => [typedInstall(folder, one), install] as const);
  const verify = [`tracewright verify ${typed}`, 'start it, send requests, check its traces'] as const;
  const undo = applied.changed > 0 || interrupted ? [[`tracewright undo ${typed}`, 'put every byte back'] as const] : [];
  const builds = applied.changed > 0 ? buildSteps(folder, 'what lies there built is older than its sources now') : [];
  return `${lines.join('\n')}\n\n${renderNext([...installs, ...builds, verify, ...undo], output)}`;
}

function changedFiles({ changed }: Applied): string {
  if (changed === 0) return 'Everything is in place';
  return `${count(changed, 'file')} ${changed === 1 ? 'is' : 'are'} changed`;
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
