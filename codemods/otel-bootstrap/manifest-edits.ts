import semver from 'semver';
import { isShipped, middlewareVersion } from '../../src/cohort/index.ts';
import type { ManifestEdit } from '../../src/contract/index.ts';
import { dependencyOf, fitOf, hookedModules, needsHook, type TracedService, versionIn } from '../service/index.ts';
import { earlierMiddleware } from './earlier-middleware.ts';
import { reasons } from './reasons.ts';

/** The middleware as it arrives: a packed file in the service's own folder, so installs need no registry that has it. */
export const tarball: string = `tracewright-middleware-${middlewareVersion}.tgz`;
export const vendored: string = `vendor/${tarball}`;

/** A dependency that the bootstrap needs, at one exact version. */
export interface Wanted {
  readonly name: string;
  readonly value: string;
  readonly why: string;
}

/** Everything that the bootstrap needs. */
export function wantedBy(traced: TracedService): readonly Wanted[] {
  const { cohort, bootstraps, coverage } = traced;
  const hook = bootstraps.some((bootstrap) => needsHook(traced, bootstrap)) ? (cohort.hook ?? {}) : {};
  const libraries = coverage.covered.flatMap((covered) => [
    { name: covered.name, value: covered.version, why: reasons.libraryDependency(covered, cohort.id) },
    ...Object.entries(covered.needs).map(([name, value]) => ({ name, value, why: reasons.companionDependency(name, covered.name) })),
  ]);
  return [
    { name: '@tracewright/middleware', value: `file:${vendored}`, why: reasons.middlewareDependency },
    ...Object.entries(cohort.core).map(([name, value]) => ({ name, value, why: reasons.coreDependency(name, traced.why) })),
    ...Object.entries(hook).map(([name, value]) => ({ name, value, why: reasons.hookDependency(hookedModules(traced)) })),
    ...libraries,
  ];
}

/** Dependencies that the package does not have yet, or has in the version of an earlier migration. */
export function manifestEdits(traced: TracedService): readonly ManifestEdit[] {
  return wantedBy(traced).flatMap((wanted): readonly ManifestEdit[] => {
    const why = isMissing(traced, wanted.name) ? wanted.why : whyUpgraded(traced, wanted);
    return why === undefined
      ? []
      : [{ kind: 'manifest', file: traced.pkg.manifest, path: ['dependencies', wanted.name], value: wanted.value, why }];
  });
}

function isMissing({ pkg, cohort }: TracedService, name: string): boolean {
  const declared = dependencyOf(pkg, name);
  return declared === undefined || declared.section !== 'dependencies' || fitOf(declared, cohort) === 'narrows';
}

/** Why the exact version that is there moves; undefined when it stays. Only what a migration wrote moves: the bootstrap is there already. */
function whyUpgraded({ pkg, cohort, bootstraps, why }: TracedService, { name, value }: Wanted): string | undefined {
  const declared = dependencyOf(pkg, name);
  if (declared === undefined || declared.range === value || !bootstraps.some(({ exists }) => exists)) return undefined;
  if (name === '@tracewright/middleware') {
    const earlier = earlierMiddleware(pkg);
    return earlier && reasons.upgradedMiddleware(earlier.version, middlewareVersion);
  }
  if (semver.valid(declared.range) === null) return undefined;
  const isBehind =
    versionIn(cohort, name) === undefined
      ? semver.lt(declared.range, value) || isShipped(name, declared.range)
      : fitOf(declared, cohort) === 'clashes';
  return isBehind ? reasons.upgradedDependency(name, declared.range, why) : undefined;
}
