import semver from 'semver';
import type { NodeTarget } from '../contract/index.ts';
import { type Cohort, cohorts } from './cohorts.ts';

export type CohortChoice =
  | { readonly status: 'fits'; readonly cohort: Cohort; readonly why: string }
  | { readonly status: 'unsupported'; readonly why: string; readonly next: string };

const oldest = '14.0.0';
const fallback = '20.999.0';

/** The versions that fit a Node.js target. What is not known or not bounded is assumed, and the assumption is said in `why`. */
export function cohortFor(target: NodeTarget | undefined): CohortChoice {
  if (target === undefined) {
    return fits(fallback, 'No Node.js version is stated, so versions for Node.js 18.19 and later were chosen.');
  }
  const said = `${target.range} in ${target.evidence.file}`;
  const range = readRange(target);
  if (range === undefined || range.range === '') {
    return fits(fallback, `The Node.js version (${said}) names no version, so versions for Node.js 18.19 and later were chosen.`);
  }
  if (!semver.intersects(range, `>=${oldest}`)) return tooOld(said, `, first in ${target.evidence.file}:${target.evidence.line}`);
  const lowest = semver.minVersion(range)?.version ?? fallback;
  if (semver.lt(lowest, oldest)) {
    return fits(
      oldest,
      `The Node.js range (${said}) admits versions before 14; versions for Node.js 14 to 18.18 were chosen and need at least 14.`,
    );
  }
  const meant = meantVersion(range, lowest);
  return fits(meant, `Chosen for ${meant === lowest ? `Node.js ${lowest}` : `the latest Node.js ${semver.major(meant)}`} (${said}).`);
}

/** "18", "^18" and ">=18.0.0" are written for the newest 18 a person can install; "18.12" and the exact "18.0.0" mean what they say. */
function meantVersion(range: semver.Range, lowest: string): string {
  if (semver.valid(range.raw) !== null) return lowest;
  const newest = `${semver.major(lowest)}.999.0`;
  const isWholeMajor = semver.minor(lowest) === 0 && semver.patch(lowest) === 0;
  return isWholeMajor && range.test(newest) ? newest : lowest;
}

function readRange(target: NodeTarget): semver.Range | undefined {
  const text = semver.validRange(target.range) === null ? target.minimum : target.range;
  return semver.validRange(text) === null ? undefined : new semver.Range(text);
}

function fits(version: string, why: string): CohortChoice {
  const cohort = cohorts.findLast((row) => semver.satisfies(version, row.nodes));
  return cohort === undefined ? tooOld(version) : { status: 'fits', cohort, why };
}

function tooOld(said: string, where = ''): CohortChoice {
  return {
    status: 'unsupported',
    why: `No OpenTelemetry line runs on the targeted Node.js version (${said}); the oldest needs Node.js 14.`,
    next: `Move the service to Node.js 14 or later (22 is a good choice)${where}, then plan again.`,
  };
}
