// The public API, by name. What is not here may change without notice.
export * from './contract/index.ts';
export { type ApplyOptions, applyPlan, createPlan, diffPlan, undoApplied } from './engine/index.ts';
export { type CodemodId, findCodemod, listCodemods, listRecipes } from './registry/index.ts';
export {
  type EngineLaw,
  type EngineStore,
  engineLaws,
  openTasks,
  readTasks,
  summarizeTasks,
  type TaskEngine,
  type TaskGraph,
  type TaskStatus,
  type TaskSummary,
} from './tasks/index.ts';
export { recordRepo, type VerifyOptions, type VerifyReport, verifyRepo } from './verify/index.ts';
