import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Plan, type PlanOptions, TracewrightError } from '../../contract/index.ts';
import { RECEIPT } from '../apply/home.ts';
import { refusalOf } from '../apply/journal.ts';
import { findJournal, isInterrupted } from '../apply/transaction.ts';
import { checkPlan, staleness } from './check-plan.ts';
import { type Composition, composePlan, type Workbench } from './compose-plan.ts';
import { openFolder, placeOfNew, realRoot } from './open-repo.ts';

const compositions = new WeakMap<Plan, Composition>();

/** Plans what would change in a folder. Writes nothing. */
export function planWith(root: string, options: PlanOptions, workbench: Workbench): Plan {
  const composition = composeAt(root, options, workbench);
  compositions.set(composition.plan, composition);
  return composition.plan;
}

/** The bytes behind a plan: remembered when it was made in this process, else planned again. */
export function compositionOf(root: string, plan: Plan, workbench: Workbench): Composition {
  const made = compositions.get(plan);
  if (made !== undefined) return made;
  checkPlan(plan);
  const fresh = composeAt(root, plan.options, workbench);
  const stale = staleness(plan, fresh.plan);
  if (stale !== undefined) throw new TracewrightError('TW2001', stale);
  return fresh;
}

/** Plans on a folder and keeps the bytes. Throws TW2005 when somebody applied or undid meanwhile: what was read may be half of it. */
export function composeAt(root: string, options: PlanOptions, workbench: Workbench): Composition {
  const base = workbench.founds === true ? placeOfNew(root) : realRoot(root);
  const journal = findJournal(base);
  if (journal !== undefined) throw refusalOf(journal);
  const receipt = stampOf(base, RECEIPT);
  const outcome = attempt(() => composeFrom(base, root, options, workbench));
  if (isInterrupted(base) || stampOf(base, RECEIPT) !== receipt) throw new TracewrightError('TW2005', 'while this was planned');
  return outcome();
}

/** Changes whenever a file is replaced, without reading it: it may be of any size. */
function stampOf(base: string, file: string): string {
  try {
    const { ino, size, mtimeNs } = lstatSync(join(base, file), { bigint: true });
    return [ino, size, mtimeNs].join(' ');
  } catch {
    return '';
  }
}

/** What an action gave, or its error, for later. */
function attempt<T>(action: () => T): () => T {
  try {
    const value = action();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function composeFrom(base: string, root: string, options: PlanOptions, workbench: Workbench): Composition {
  const needles = [...(workbench.mentions ?? []), ...workbench.codemods.flatMap(({ meta }) => meta.mentions)];
  const tree = openFolder(base, needles);
  if (workbench.founds !== true && !tree.files.some(isManifest)) {
    const link = tree.outward.find(isManifest);
    throw link === undefined ? new TracewrightError('TW1002', root) : new TracewrightError('TW2007', link);
  }
  return composePlan(tree, options, workbench);
}

function isManifest(file: string): boolean {
  return file === 'package.json' || file.endsWith('/package.json');
}
