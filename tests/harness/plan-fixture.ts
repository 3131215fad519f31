import { type Codemod, type Plan, type PlanOptions, TracewrightError } from '../../src/contract/index.ts';
import { composePlan, type Tree, type Workbench } from '../../src/engine/index.ts';
import { takeSurvey } from '../../src/survey/index.ts';
import { memoryRepo } from './memory-repo.ts';

export type Files = Readonly<Record<string, Buffer>>;

/** What planning gave: the files as they would be, and the plan; no plan when the engine refused. */
export interface Outcome {
  readonly files: Files;
  readonly plan: Plan | undefined;
  readonly refusal: TracewrightError | undefined;
}

/** Stands in for the files that a build of the toolkit makes. */
const fakeAsset = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);

/** A workbench with these codemods only; predecessors outside of them are dropped from the order. */
export function workbenchOf(codemods: readonly Codemod[]): Workbench {
  return { codemods, version: '0.0.0-test', takeSurvey, asset: () => fakeAsset };
}

/** Chooses all of these codemods, opt-in ones too. */
export function optionsOf(codemods: readonly Codemod[]): PlanOptions {
  return { only: [], skip: [], with: codemods.map(({ meta }) => meta.id) };
}

/** A codemod's honest no, as the engine says it. */
const refusals = ['TW1003', 'TW1011', 'TW1050', 'TW2002', 'TW2003', 'TW2007', 'TW2012', 'TW2017', 'TW2023'];

/** Plans codemods on files in memory, without writing. */
export function planOn(files: Files, codemods: readonly Codemod[], change: (tree: Tree) => Tree = (tree) => tree): Outcome {
  const tree = memoryRepo(files);
  const survey = takeSurvey(memoryRepo(files));
  const workbench = { ...workbenchOf(codemods), takeSurvey: () => survey };
  try {
    const { plan, changes } = composePlan(change(tree), optionsOf(codemods), workbench);
    const after = new Map(Object.entries(files));
    for (const { file, after: bytes } of changes) {
      if (bytes === null) after.delete(file);
      else after.set(file, Buffer.from(bytes));
    }
    return { files: Object.fromEntries(after), plan, refusal: undefined };
  } catch (error) {
    if (error instanceof TracewrightError && refusals.includes(error.code)) return { files, plan: undefined, refusal: error };
    throw error;
  }
}
