export { type DiscardedTasks, discardTasks } from './discard-tasks.ts';
export type { RunOptions, StepHandlers, StepNews, StepSignal, TaskEngine } from './engine.ts';
export { type EngineLaw, type EngineStore, engineLaws } from './engine-laws.ts';
export type { Step, StepKind, TaskGraph } from './graph.ts';
export { acceptTasks, makeTasks, openTasks, readTasks, repairTasks } from './open-tasks.ts';
export type { TaskOptions } from './plan-tasks.ts';
export { renderMermaid, renderTree } from './render.ts';
export type { StepState, StepStatus, TaskStatus } from './status.ts';
export { nextOf, summarizeTasks, summaryOf, type TaskSummary } from './summarize.ts';
