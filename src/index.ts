// The public API, by name. What is not here may change without notice.
export * from './contract/index.ts';
export { type ApplyOptions, applyPlan, createPlan, diffPlan, undoApplied } from './engine/index.ts';
export { type CodemodId, findCodemod, listCodemods, listRecipes } from './registry/index.ts';
export { recordRepo, type VerifyOptions, type VerifyReport, verifyRepo } from './verify/index.ts';
