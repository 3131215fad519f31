import semver from 'semver';
import type { Cohort } from '../../src/cohort/index.ts';
import type { Dependency } from '../../src/contract/index.ts';

/** Exact version of a package in a cohort, when the cohort fixes it. */
export function versionIn(cohort: Cohort, name: string): string | undefined {
  return cohort.core[name] ?? cohort.hook?.[name];
}

/**
 * What becomes of a declared OpenTelemetry package.
 *
 *   stays     its version fits the cohort
 *   narrows   its range admits the cohort's version, which is written instead
 *   clashes   it cannot be the cohort's version
 */
export function fitOf(dependency: Dependency, cohort: Cohort): 'stays' | 'narrows' | 'clashes' {
  const needed = versionIn(cohort, dependency.name);
  if (needed === undefined) return 'stays';
  const accepted = dependency.name === '@opentelemetry/api' ? cohort.api : needed;
  const range = semver.validRange(dependency.range);
  if (dependency.resolved !== undefined && semver.satisfies(dependency.resolved, accepted)) return 'stays';
  if (range === null) return 'clashes';
  if (dependency.resolved === undefined && semver.subset(range, accepted)) return 'stays';
  return semver.satisfies(needed, range) ? 'narrows' : 'clashes';
}
