export { cohortFor } from './cohort-for.ts';
export type { Cohort } from './cohorts.ts';
export { type Coverage, type Covered, coverageOf, type Gap } from './coverage.ts';
export { middlewareVersion } from './middleware.ts';
export { isShipped, isShippedName, shippedVersion } from './shipped-versions.ts';
