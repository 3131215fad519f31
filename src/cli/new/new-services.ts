import { join } from 'node:path';
import { type Applied, type NewService, TracewrightError } from '../../contract/index.ts';
import { installAll, quoteWord } from '../../install/index.ts';
import { beginServices, type FolderPlan, lineFor, nameFor, partsOf, planServices, readTemplate, SEVERAL } from '../../scaffold/index.ts';
import { type VerifyReport, verifyRepo } from '../../verify/index.ts';
import { ask } from '../ask.ts';
import { exitOf, runProgram } from '../commands/verify.ts';
import { count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { renderChanges } from '../render-changes.ts';
import { renderNext } from '../render-next.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { initGit } from './init-git.ts';
import { renderJoint } from './render-joint.ts';

const INTERRUPTED = 130;

/** Begins several services that call each other, starts them, and prints the one trace over all of them. */
export async function newServices(invocation: Invocation, output: Output): Promise<number> {
  const { folder, answers } = readServices(invocation);
  const plans = planServices(folder, answers);
  const diffs = plans.flatMap((plan) => plan.diffs);
  output.print(renderChanges(diffs, output));
  if (!invocation.flag('yes') && !(await agreed(diffs.length, folder, output))) {
    output.print('Nothing was written.');
    return INTERRUPTED;
  }
  const applied = beginServices(folder, plans);
  const git = invocation.flag('git') ? initGit(folder) : 'not-asked';
  output.print(`\n${output.colors.bold(`${answers.name} is written`)}: ${count(diffs.length, 'file')} in ${folder}`);
  const report = invocation.flag('start') ? await startedOrSaid(folder, plans, applied, output) : undefined;
  const names = partsOf(answers).map(({ plain }) => plain);
  if (report !== undefined && report !== 'interrupted') output.print(`\n${renderJoint(report, names, output)}`);
  output.print(`\n${renderNext(stepsOf(folder, report), output)}`);
  output.printJson({ ...answers, folder, git, changed: diffs.length, services: names, ...(typeof report === 'object' && { report }) });
  if (report === undefined) return 0;
  return report === 'interrupted' ? INTERRUPTED : exitOf(report);
}

/** The words as answers, all of them checked. Throws TW1072, TW1103. */
function readServices(invocation: Invocation): { readonly folder: string; readonly answers: NewService } {
  const services = invocation.list('services');
  if (services.length < 2)
    throw new TracewrightError('TW1072', '--services wants two templates or more, separated by commas', {
      next: 'For one service: `tracewright new express-ts my-service`. For several: `tracewright new --services express-ts,fastify-ts shop`.',
    });
  if (invocation.others.length > 0)
    throw new TracewrightError('TW1072', `${invocation.others[0]} is one folder too many beside --services`);
  const alone = services.find((template) => readTemplate(template).alone === true);
  if (alone !== undefined)
    throw new TracewrightError('TW1072', `${alone} cannot be one of several services`, {
      next: `Begin it by itself: \`tracewright new ${alone}\`.`,
    });
  const folder = invocation.argument ?? 'services';
  const node = invocation.text('node') ?? lineFor(process.versions.node);
  return { folder, answers: { template: SEVERAL, name: invocation.text('name') ?? nameFor(folder), node, services } };
}

async function agreed(files: number, folder: string, output: Output): Promise<boolean> {
  const what = count(files, 'file');
  if (!output.interactive) throw new TracewrightError('TW1073', `${what} would be written to ${folder}`);
  output.print('');
  return ask(`Write ${what} to ${folder}?`, () => undefined);
}

/** What goes wrong from here on takes nothing away: says so, and how to go on. */
async function startedOrSaid(
  folder: string,
  plans: readonly FolderPlan[],
  applied: readonly Applied[],
  output: Output,
): ReturnType<typeof started> {
  try {
    return await started(folder, plans, applied);
  } catch (error) {
    output.print(`\nThe files stay; this goes on where it ended.\n\n${renderNext(stepsOf(folder, undefined), output)}`);
    throw error;
  }
}

/** Installs and builds each, starts all, asks the first. */
async function started(folder: string, plans: readonly FolderPlan[], applied: readonly Applied[]): Promise<VerifyReport | 'interrupted'> {
  const done = await withProgress('installing', ({ say }) =>
    untilInterrupted(async (signal) => {
      // What holds them has nothing of its own to install.
      for (const [at, { installs }] of [...applied.entries()].slice(1))
        if (!(await installAll(join(folder, plans[at]?.folder ?? ''), installs, say, signal))) return false;
      return true;
    }),
  );
  return done ? runProgram(folder, { update: false }, verifyRepo) : 'interrupted';
}

type Step = readonly [command: string, why: string];

function stepsOf(folder: string, report: VerifyReport | 'interrupted' | undefined): readonly Step[] {
  const typed = quoteWord(folder);
  const at = folder === '.' ? '' : ` --prefix ${typed}`;
  const begin: readonly Step[] =
    typeof report === 'object'
      ? [[`tracewright record ${typed}`, 'keeps these traces as golden traces']]
      : [
          [`npm run setup${at}`, 'installs what is missing'],
          [`tracewright verify ${typed}`, 'starts all of them and prints the trace'],
        ];
  return [...begin, [`tracewright undo ${typed}`, 'takes every file away again']];
}
