export { checkMigrated } from './check-migrated.ts';
export { describePort } from './port-owner.ts';
export { readApplied } from './read-applied.ts';
export { type RecordReport, recordRepo } from './record-repo.ts';
export { type RenderReportOptions, renderChecks, renderReport } from './render.ts';
export type {
  BehaviourDifference,
  Check,
  Expectation,
  GoldenReport,
  RequestReport,
  ServiceReport,
  VerifyOptions,
  VerifyReport,
} from './report.ts';
export { promised, verifyRepo } from './verify-repo.ts';
