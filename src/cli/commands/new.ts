import type { Applied } from '../../contract/index.ts';
import { TracewrightError } from '../../contract/index.ts';
import { quoteWord } from '../../install/quote-word.ts';
import { beginService, type NewLook, planNewService } from '../../scaffold/begin-service.ts';
import { ask } from '../ask.ts';
import { count } from '../layout.ts';
import { initGit } from '../new/init-git.ts';
import { printTemplates } from '../new/list-templates.ts';
import { type Answers, readAnswers } from '../new/read-answers.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { renderChanges } from '../render-changes.ts';
import { renderNext } from '../render-next.ts';
import { untilInterrupted } from '../until-interrupted.ts';

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Begins a service from a template: shows its files, asks, writes all of them or nothing. */
export async function newService(invocation: Invocation, output: Output): Promise<number> {
  if (invocation.flag('list')) {
    printTemplates(output);
    return 0;
  }
  if (invocation.text('services') !== undefined) return (await import('../new/new-services.ts')).newServices(invocation, output);
  const answers = await readAnswers(invocation, output);
  if (answers === undefined) return declined(output);
  const found = planNewService(answers.folder, answers.service);
  output.print(renderChanges(found.diffs, output));
  if (!(await agreed(answers, found, invocation, output))) return declined(output);
  const applied = beginService(answers.folder, found.plan);
  const git = invocation.flag('git') ? initGit(answers.folder) : 'not-asked';
  const state = invocation.flag('install') ? await install(answers.folder, applied) : 'left';
  output.print(`\n${renderBegun(answers, applied, { git, state }, output)}`);
  output.printJson({ ...answers.service, folder: answers.folder, ...applied, git, installed: state === 'done', plan: found.plan.hash });
  return state === 'interrupted' ? INTERRUPTED : 0;
}

async function agreed({ folder }: Answers, { diffs }: NewLook, invocation: Invocation, output: Output): Promise<boolean> {
  if (invocation.flag('yes')) return true;
  const what = count(diffs.length, 'file');
  if (!output.interactive) throw new TracewrightError('TW1073', `${what} would be written to ${folder}`);
  output.print('');
  const { renderDiff } = await import('../render-diff.ts');
  return ask(`Write ${what} to ${folder}?`, () => output.print(renderDiff(diffs, output)));
}

type InstallState = 'left' | 'done' | 'interrupted';

async function install(folder: string, { installs }: Applied): Promise<InstallState> {
  const { installAll } = await import('../../install/install.ts');
  const { withProgress } = await import('../progress.ts');
  const done = await withProgress('installing', ({ say }) => untilInterrupted((signal) => installAll(folder, installs, say, signal)));
  return done ? 'done' : 'interrupted';
}

function declined(output: Output): number {
  output.print('Nothing was written.');
  return INTERRUPTED;
}

interface Outcome {
  readonly git: ReturnType<typeof initGit> | 'not-asked';
  readonly state: InstallState;
}

function renderBegun({ folder, service }: Answers, { changed }: Applied, { git, state }: Outcome, output: Output): string {
  const notes = [
    ...(git === 'made' ? ['It is a git repository now; nothing is committed yet.'] : []),
    ...(git === 'missing' ? ['Git is not here, so the folder is no git repository yet.'] : []),
    ...(state === 'interrupted' ? ['The files are written; the install was interrupted.'] : []),
  ];
  const typed = quoteWord(folder);
  // Not `cd`: the commands below it are typed from where this one was.
  const there = folder === '.' ? '' : ` --prefix ${typed}`;
  const begin = `${state === 'done' ? '' : `npm ci${there} && `}npm test${there}`;
  const head = `${output.colors.bold(`${service.name} is written`)}: ${count(changed, 'file')} in ${folder}`;
  const next = [
    [begin, 'installs what is missing and runs its tests'],
    [`tracewright verify ${typed} --frozen`, 'starts it and compares its traces with the golden trace'],
    [`tracewright undo ${typed}`, 'takes every file away again'],
  ] as const;
  return `${[head, ...notes].join('\n')}\n\n${renderNext(next, output)}`;
}
