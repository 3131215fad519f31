export { type ApplyOptions, applyPlan, recoverApply } from './apply-plan.ts';
export { composePlan, type Workbench } from './compose-plan.ts';
export { compositionOf, createPlan, shippedWorkbench } from './create-plan.ts';
export { type DiffReason, diffPlan, type FileDiff } from './diff-plan.ts';
export { openRepo } from './open-repo.ts';
export { hashOf, readReceipt } from './receipt.ts';
export { toolVersion } from './toolkit.ts';
export type { Tree } from './tree.ts';
export { undoApplied } from './undo-applied.ts';
