export { checkRepo } from './check-repo.ts';
export { checkStaged, type StagedFinding, type StagedReport } from './check-staged.ts';
export type { CheckReport, Finding } from './finding.ts';
export { checkToolCall } from './hook-call.ts';
export { toJunit } from './junit.ts';
export { renderCheckReport } from './render.ts';
export { toSarif } from './sarif.ts';
