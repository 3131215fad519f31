import type { Codemod } from '../../src/contract/index.ts';
import { applyPlan, createPlan, undoApplied } from '../../src/engine/index.ts';
import { compareFiles } from './compare-files.ts';
import type { Law } from './laws.ts';
import { optionsOf, planOn, workbenchOf } from './plan-fixture.ts';
import { readFolder } from './read-folder.ts';
import { tempRepo } from './temp-repo.ts';

/** 6: apply writes what was planned, a second apply changes nothing, and undo restores every byte and mode. */
export const undoRestoresEveryByte: Law = (chain, { before }) => {
  const planned = planOn(before, chain);
  if (planned.plan === undefined || planned.plan.files.length === 0) return [];
  const workbench = workbenchOf(chain);
  const repo = tempRepo(before);
  try {
    const old = repo.snapshot();
    const plan = createPlan(repo.root, optionsOf(chain), workbench);
    const applied = applyPlan(repo.root, plan, { allowDirty: true }, workbench);
    const { '.tracewright/receipt.json': receipt, ...files } = readFolder(repo.root) ?? {};
    const differences = compareFiles(planned.files, files);
    const again = applyPlan(repo.root, createPlan(repo.root, optionsOf(chain), workbench), { allowDirty: true }, workbench);
    undoApplied(repo.root);
    return [
      ...differences.map((difference) => `written is not what was planned: ${difference}`),
      ...(receipt === undefined || applied.changed === 0 ? ['apply left no receipt'] : []),
      ...(again.changed === 0 ? [] : [`a second apply changed ${again.files.join(', ')}`]),
      ...(JSON.stringify(repo.snapshot()) === JSON.stringify(old) ? [] : ['undo did not restore every byte']),
    ];
  } finally {
    repo.remove();
  }
};

/** 6: two codemods that do not name each other in `after` give the same files in both orders. */
export function commute(
  first: Codemod,
  second: Codemod,
  chain: readonly Codemod[],
  before: Readonly<Record<string, Buffer>>,
): readonly string[] {
  const others = chain.filter(({ meta }) => meta.id !== first.meta.id && meta.id !== second.meta.id);
  const one = planOn(before, [...others, first, afterwards(second, first)]);
  const other = planOn(before, [...others, second, afterwards(first, second)]);
  return compareFiles(one.files, other.files).map((difference) => `${first.meta.id} and ${second.meta.id} do not commute: ${difference}`);
}

/** Whether no path in the `after` graph leads from one to the other. */
export function areIndependent(first: Codemod, second: Codemod, all: readonly Codemod[]): boolean {
  return !isAfter(first.meta.id, second.meta.id, all) && !isAfter(second.meta.id, first.meta.id, all);
}

function isAfter(later: string, earlier: string, all: readonly Codemod[]): boolean {
  const codemod = all.find(({ meta }) => meta.id === later);
  return codemod?.meta.after.some((id) => id === earlier || isAfter(id, earlier, all)) ?? false;
}

function afterwards(codemod: Codemod, other: Codemod): Codemod {
  const { meta, expects } = codemod;
  return {
    meta: { ...meta, after: [...meta.after, other.meta.id] },
    expects,
    detect: (repo, survey) => codemod.detect(repo, survey),
    plan: (sites, repo, survey) => codemod.plan(sites, repo, survey),
  };
}
