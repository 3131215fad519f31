import { type Applied, type Install, type Plan, type Receipt, TracewrightError } from '../../contract/index.ts';
import { checkPlan, staleness } from '../plan/check-plan.ts';
import type { Composition, Workbench } from '../plan/compose-plan.ts';
import { composeAt } from '../plan/create-plan.ts';
import { realRoot } from '../plan/open-repo.ts';
import { readFileReceipt, untouchedSince } from './file-receipt.ts';
import { readGitState } from './git-state.ts';
import { AGENTS, HOME, RECEIPT } from './home.ts';
import type { Journal } from './journal.ts';
import { withLock } from './lock.ts';
import { locksOf } from './lock-images.ts';
import { describeChanges, editedSince, hashOf, readReceipt, readTopReceipt, receiptBytes } from './receipt.ts';
import { commitWrites, hasLeftovers, recover, type Write } from './transaction.ts';

export interface ApplyOptions {
  readonly allowDirty?: boolean;
  /** Files below the root that the caller names and git may hold as changed: the plan that is applied. */
  readonly besides?: readonly string[];
}

/**
 * Puts back what an interrupted apply or undo of this user on this machine left; true when there was something. Throws TW2027 or TW2028
 * for the journal of anybody else, unless it is `agreed`.
 */
export function recoverApply(root: string, agreed?: Journal): boolean {
  const base = realRoot(root);
  return hasLeftovers(base) && withLock(base, () => recover(base, agreed));
}

/** Writes a plan: all of it or nothing, and only on the tree it was made for. */
export function applyWith(root: string, plan: Plan, options: ApplyOptions, workbench: Workbench): Applied {
  checkPlan(plan);
  const base = realRoot(root);
  const recovered = recoverApply(base);
  if (isApplied(base, plan, readReceipt(base))) return unchanged(recovered);
  // Planning again belongs inside too: half of what another apply writes is no tree to plan on.
  return withLock(base, () => applyAlone(base, plan, { options, workbench, recovered }));
}

interface Attempt {
  readonly options: ApplyOptions;
  readonly workbench: Workbench;
  readonly recovered: boolean;
}

function applyAlone(base: string, plan: Plan, { options, workbench, recovered }: Attempt): Applied {
  const composition = composeAt(base, plan.options, workbench);
  const stale = staleness(plan, composition.plan);
  if (stale !== undefined) throw new TracewrightError('TW2001', stale);
  if (composition.changes.length === 0) return unchanged(recovered);
  const receipt = readReceipt(base);
  refuseForeign(base, receipt);
  // In a folder that was empty there is nothing that git could know better.
  const git = workbench.founds === true ? 'not-asked' : checkGit(base, receipt, options);
  const installs = installsOf(composition);
  const files = write(base, composition, installs);
  return { status: 'applied', changed: files.length, files, git, recovered, installs };
}

/** With a receipt of another repository below it, what is written now could never be undone. */
function refuseForeign(base: string, receipt: Receipt | undefined): void {
  const files = receipt?.files ?? [];
  const isHere = files.some(({ file, after, restore }) => {
    const hash = hashOf(base, file);
    return hash !== null && (hash === after || restore.kind === 'remove');
  });
  if (files.length > 0 && !isHere) throw new TracewrightError('TW2032', `nothing of what it names is here: ${files[0]?.file}`);
}

function isApplied(base: string, plan: Plan, receipt: Receipt | undefined): boolean {
  return receipt?.applied.at(-1)?.plan === plan.hash && editedSince(base, receipt).length === 0;
}

function unchanged(recovered: boolean): Applied {
  return { status: 'unchanged', changed: 0, files: [], git: 'not-asked', recovered, installs: [] };
}

function write(base: string, { plan, changes }: Composition, installs: readonly Install[]): readonly string[] {
  recover(base);
  const receipt = describeChanges(base, plan, changes, installs, readTopReceipt(base));
  const writes: Write[] = plan.files.map(({ file, before }, index) => ({ file, before, content: changes[index]?.after ?? null }));
  commitWrites(base, [...writes, { file: RECEIPT, before: hashOf(base, RECEIPT), content: receiptBytes(receipt) }]);
  return plan.files.map(({ file }) => file);
}

function checkGit(base: string, receipt: Receipt | undefined, { allowDirty, besides = [] }: ApplyOptions): Applied['git'] {
  if (allowDirty) return gitOrNone(base);
  const changed = changedBesides(base, receipt, besides);
  if (changed === undefined) return 'none';
  if (changed.length === 0) return 'clean';
  throw new TracewrightError('TW2004', changed.slice(0, 5).join(', ') + (changed.length > 5 ? ` and ${changed.length - 5} more` : ''));
}

/** What `apply` would refuse for; nothing where git cannot tell. */
export function uncommittedFiles(root: string, besides: readonly string[] = []): readonly string[] {
  try {
    const base = realRoot(root);
    return changedBesides(base, readTopReceipt(base), besides) ?? [];
  } catch (error) {
    if (error instanceof TracewrightError) return [];
    throw error;
  }
}

/** Changes that an earlier apply or agent-init made, and the lock files an install changed after it, can be undone: they are no risk. */
function changedBesides(base: string, receipt: Receipt | undefined, besides: readonly string[]): readonly string[] | undefined {
  const state = readGitState(base);
  if (state.status === 'none') return undefined;
  const unchanged = (receipt?.files ?? []).filter(({ file, after }) => hashOf(base, file) === after).map(({ file }) => file);
  const agents = untouchedSince(base, readFileReceipt(base, AGENTS));
  const ours = new Set([...unchanged, ...locksOf(receipt), ...agents, ...besides]);
  return state.changed.filter((file) => !file.startsWith(`${HOME}/`) && !ours.has(file));
}

function gitOrNone(base: string): Applied['git'] {
  try {
    const state = readGitState(base);
    if (state.status === 'none') return 'none';
    return state.changed.some((file) => !file.startsWith(`${HOME}/`)) ? 'dirty' : 'clean';
  } catch {
    return 'not-asked';
  }
}

function installsOf({ plan, survey }: Composition): readonly Install[] {
  const touched = survey.packages.filter(({ manifest }) => plan.files.some(({ file }) => file === manifest));
  const roots = new Map(touched.map(({ root, packageManager }) => [root, { folder: root, packageManager }]));
  return [...roots.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}
