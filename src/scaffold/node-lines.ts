import type { CohortId } from '../contract/index.ts';

/** A line of Node.js that a new service can run on. */
export interface NodeLine {
  readonly major: string;
  /** For `engines`. */
  readonly range: string;
  /** The versions of OpenTelemetry that fit it. */
  readonly cohort: CohortId;
}

/** The line that templates are written for, whose versions are in their files. */
export const written = '20';

/** Oldest first. */
export const nodeLines: readonly NodeLine[] = [
  { major: '20', range: '>=20.19', cohort: 'sdk-2' },
  { major: '22', range: '>=22.15', cohort: 'sdk-3' },
  { major: '24', range: '>=24', cohort: 'sdk-3' },
];

/** The newest line that is not newer than a running Node.js, or the oldest. */
export function lineFor(version: string): string {
  const major = Number.parseInt(version, 10);
  return nodeLines.findLast((line) => Number(line.major) <= major)?.major ?? written;
}
