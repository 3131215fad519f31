import { TracewrightError } from '../../contract/index.ts';
import { readGitState } from '../../engine/apply/git-state.ts';
import { locksOf } from '../../engine/apply/lock-images.ts';
import { editedSince, readReceipt } from '../../engine/apply/receipt.ts';
import type { StepContext, StepHandler } from '../engine.ts';
import { askGit, changeGit, gitWord, gitWords } from '../git.ts';
import { TASKS } from '../home.ts';
import { describeEnd, leftBehind, runLine } from './run-line.ts';

const LOCAL = `${TASKS}/local/`;

/** What a package manager that keeps its packages in the repository writes beside its lock file. */
const kept = /^(.*\/)?(\.pnp\.(c?js|loader\.mjs)|\.yarn\/cache\/[^/]+)$/;

/** Commits what the tasks wrote and nothing else. The trailer tells a later attempt that it is done. */
export function commitStep(home: string): StepHandler<'commit'> {
  return async (step, context) => {
    const { root, identity } = context;
    const made = await findCommit(root, `Tracewright-Step: ${identity}`);
    if (made !== undefined) return { status: 'done', output: { commit: made } };
    const files = /(^|:)apply$/.test(step.input.of) ? await filesOfApply(root) : filesOfAgent(root, context, step.input.of);
    if (files.length === 0) return { status: 'done', output: { files: [] } };
    const message = `${step.input.message}\n\nTracewright-Step: ${identity}`;
    await stage(root, files);
    // The repository's own hooks run as they do for a person, and foreign code is run as such.
    const end = await runLine(step, context, { words: [...gitWords, ...commitWords(files, message)], folder: '.', home });
    if (end.code !== 0) throw new TracewrightError('TW4016', `\`git commit\` ${describeEnd(end)}`);
    return { status: 'done', output: { commit: (await gitWord(root, ['rev-parse', 'HEAD'])) ?? '', files, ...leftBehind(end) } };
  };
}

/** Commits the graph and the journal when all is done, so that the history alone tells what happened. */
export async function commitJournal(root: string, branch: string, head: string): Promise<void> {
  if ((await gitWord(root, ['symbolic-ref', '--quiet', '--short', 'HEAD'])) !== branch) return;
  const files = changedFiles(root).filter((file) => file.startsWith(`${TASKS}/`));
  if (files.length === 0) return;
  await stage(root, files);
  await changeGit(root, commitWords(files, `chore: journal of the finished tasks\n\nTracewright-Journal: ${head}`));
}

/** The commit of this branch whose message has such a line. */
async function findCommit(root: string, trailer: string): Promise<string | undefined> {
  const found = await gitWord(root, ['log', '-1', '--format=%H', '--fixed-strings', `--grep=${trailer}`]);
  return found === '' ? undefined : found;
}

async function stage(root: string, files: readonly string[]): Promise<void> {
  await changeGit(root, ['--literal-pathspecs', 'add', '-A', '--', ...files]);
}

/** Only these paths, whatever else is staged. */
function commitWords(files: readonly string[], message: string): readonly string[] {
  return ['--literal-pathspecs', 'commit', '-q', '--only', '-m', message, '--', ...files];
}

/** Files below a folder that no commit holds as they are; what is only for this machine is none of them. */
export function changedFiles(root: string): readonly string[] {
  const state = readGitState(root);
  return state.status === 'known' ? state.changed.filter((file) => !file.startsWith(LOCAL)) : [];
}

async function filesOfApply(root: string): Promise<readonly string[]> {
  const receipt = readReceipt(root);
  const changed = changedFiles(root);
  // What a person edited and committed is theirs; what is only in the working tree would be committed as ours.
  const edited = receipt === undefined ? [] : editedSince(root, receipt).filter((file) => changed.includes(file));
  if (edited.length > 0) throw new TracewrightError('TW4015', edited.join(', '));
  const tracked = new Set((await askGit(root, ['ls-files', '-z', '--', '.'])).split('\0'));
  const written = new Set((receipt?.files ?? []).map(({ file }) => file));
  const locks = new Set(locksOf(receipt));
  return changed.filter((file) => {
    if (written.has(file) || isOurs(file)) return true;
    return kept.test(file) || (locks.has(file) && tracked.has(file));
  });
}

/** Refuses to run what will not be committed: edits of a person that no commit holds (TW4015). Untracked files do not count. */
export async function refuseEdits(root: string): Promise<void> {
  const ours = new Set(await filesOfApply(root));
  const tracked = new Set((await askGit(root, ['ls-files', '-z', '--', '.'])).split('\0'));
  const edited = changedFiles(root).filter((file) => tracked.has(file) && !ours.has(file));
  if (edited.length > 0) throw new TracewrightError('TW4015', edited.join(', '));
}

function isOurs(file: string): boolean {
  return file.startsWith('.tracewright/') || file === 'tracewright.yaml';
}

/** What changed while the agent had the work, and our own records. */
function filesOfAgent(root: string, { outputOf }: StepContext, agent: string): readonly string[] {
  const files = outputOf(agent)?.['files'];
  const named = new Set(Array.isArray(files) ? files : []);
  return changedFiles(root).filter((file) => named.has(file) || isOurs(file));
}
