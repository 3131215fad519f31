import { join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { readFileReceipt, untouchedSince } from '../engine/apply/file-receipt.ts';
import { readGitState } from '../engine/apply/git-state.ts';
import { AGENTS } from '../engine/apply/home.ts';
import { changeGit, clearIndexLock, type GitStand, gitWord, lookAtGit } from './git.ts';
import type { Repository, TaskGraph } from './graph.ts';
import { TASKS } from './home.ts';

/** Brings every repository of a graph on its branch before a step runs; nothing of the person's is touched. */
export async function prepareBranches(root: string, { repositories }: TaskGraph, started: boolean, dead: boolean): Promise<void> {
  for (const [folder, repository] of Object.entries(repositories)) {
    const place = join(root, folder);
    const stand = await lookAtGit(place, repository.base);
    if (dead) await clearIndexLock(stand);
    if (!started) checkClean(place, folder);
    await takeBranch(place, folder, repository, stand);
  }
}

/** The branch a folder is on; undefined when it is on none. */
export function currentBranch(root: string): Promise<string | undefined> {
  return gitWord(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
}

/** The branch that work begun on a branch ends on, unless another is asked for; `base` names it where there is none. */
export function branchFor(current: string | undefined, base: string): string {
  if (current?.startsWith('tracewright/')) return current;
  return `tracewright/${(current ?? base.slice(0, 12)).replace(/[^A-Za-z0-9._-]+/g, '-')}`;
}

async function takeBranch(root: string, folder: string, { base, branch }: Repository, stand: GitStand): Promise<void> {
  if (stand.branch === branch) return checkBase(stand, base, branch);
  const [where, inside] = folder === '.' ? ['', ''] : [`${folder}: `, ` -C ${folder}`];
  const exists = (await gitWord(root, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`])) !== undefined;
  if (exists)
    throw new TracewrightError('TW4013', `${where}they belong to ${branch}, this is ${stand.branch ?? 'no branch'}`, {
      next: `Run \`git${inside} checkout ${branch}\`, then go on; or plan them for another branch with \`tracewright tasks plan --again --branch <name>\`.`,
    });
  if ((await gitWord(root, ['rev-parse', 'HEAD'])) !== base)
    throw new TracewrightError('TW2001', `${where}HEAD is no longer ${base.slice(0, 12)}`, {
      next: 'Plan again with `tracewright tasks plan --again`.',
    });
  await changeGit(root, ['checkout', '-q', '-b', branch, '--no-track']);
}

function checkBase({ holds }: GitStand, base: string, branch: string): void {
  if (holds) return;
  throw new TracewrightError('TW4013', `${branch} does not hold the commit they start from, ${base.slice(0, 12)}`, {
    next: 'Plan again with `tracewright tasks plan --again`.',
  });
}

function checkClean(root: string, folder: string): void {
  const state = readGitState(root);
  // What agent-init wrote can be undone: it is no risk.
  const agents = new Set([AGENTS, ...untouchedSince(root, readFileReceipt(root, AGENTS))]);
  const changed = state.status === 'known' ? state.changed.filter((file) => !file.startsWith(`${TASKS}/`) && !agents.has(file)) : [];
  if (changed.length === 0) return;
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
  const where = folder === '.' ? '' : ` in ${folder}`;
  throw new TracewrightError('TW2004', `${changed.slice(0, 5).join(', ')}${more}${where}`, {
    next: 'Commit or stash them, then run the tasks.',
  });
}
