export { type CohortChoice, cohortFor } from './cohort-for.ts';
export { type Cohort, type CohortId, cohorts } from './cohorts.ts';
export { type Coverage, type Covered, coverageOf, type Gap } from './coverage.ts';
export { type LibraryRow, libraryRows } from './instrumentations.ts';
