export { checkRepo } from './check-repo.ts';
export type { CheckReport, Finding } from './finding.ts';
export { toJunit } from './junit.ts';
export { renderCheckReport } from './render.ts';
export { toSarif } from './sarif.ts';
