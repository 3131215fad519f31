export { checkMigrated } from './judge/check-migrated.ts';
export { isKept } from './judge/left-sites.ts';
export { type RenderReportOptions, renderChecks, renderReport } from './judge/render.ts';
export type {
  BehaviourDifference,
  Check,
  Expectation,
  GoldenReport,
  LeftSite,
  RequestReport,
  ServiceReport,
  Verdict,
  VerifyOptions,
  VerifyReport,
} from './judge/report.ts';
export { type RecordReport, recordRepo } from './record-repo.ts';
export { describePort } from './run/port-owner.ts';
export { draftSetup, type SetupDraft } from './setup/draft-setup.ts';
export { readApplied } from './setup/read-applied.ts';
export { readTree } from './setup/read-tree.ts';
export { writeSetup as writeDraft } from './setup/write-setup.ts';
export { promised, verifyRepo } from './verify-repo.ts';
