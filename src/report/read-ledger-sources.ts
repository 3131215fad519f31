import { type Plan, TracewrightError } from '../contract/index.ts';
import { createPlan } from '../engine/index.ts';
import { promised, readApplied, readTree } from '../verify/index.ts';
import type { LedgerSources } from './ledger.ts';

/** What receipt, codemods and today's plan say about a repository. */
export async function readLedgerSources(root: string): Promise<LedgerSources> {
  const applied = readApplied(root);
  const plan = planned(root);
  const expectations = await promised(applied);
  const { routes } = await readTree(root, true);
  return { routes, expectations, tasks: applied.tasks, ...(plan ? { plan } : {}) };
}

/** A repository that cannot be planned still has a run to report on. */
function planned(root: string): Plan | undefined {
  try {
    return createPlan(root, { only: [], skip: [] });
  } catch (error) {
    if (error instanceof TracewrightError) return undefined;
    throw error;
  }
}
