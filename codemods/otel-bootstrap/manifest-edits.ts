import { middlewareVersion } from '../../src/cohort/index.ts';
import type { ManifestEdit } from '../../src/contract/index.ts';
import { needsHook } from '../shared/import-hook.ts';
import { dependencyOf } from '../shared/packages.ts';
import type { TracedService } from '../shared/traced-service.ts';
import { fitOf } from '../shared/versions.ts';
import { reasons } from './reasons.ts';

/** The middleware as it arrives: a packed file in the service's own folder, so installs need no registry that has it. */
export const tarball: string = `tracewright-middleware-${middlewareVersion}.tgz`;
export const vendored: string = `vendor/${tarball}`;

/** Dependencies that the bootstrap needs and the package does not have yet, at exact versions. */
export function manifestEdits(traced: TracedService): readonly ManifestEdit[] {
  const { pkg, cohort, bootstraps, coverage } = traced;
  const hook = bootstraps.some((bootstrap) => needsHook(traced, bootstrap)) ? (cohort.hook ?? {}) : {};
  const libraries = coverage.covered.map((covered) => [
    ...[[covered.name, covered.version, reasons.libraryDependency(covered, cohort.id)] as const],
    ...Object.entries(covered.needs).map(([name, version]) => [name, version, reasons.companionDependency(name, covered.name)] as const),
  ]);
  const wanted = [
    ['@tracewright/middleware', `file:${vendored}`, reasons.middlewareDependency] as const,
    ...Object.entries(cohort.core).map(([name, version]) => [name, version, reasons.coreDependency(name, traced.why)] as const),
    ...Object.entries(hook).map(([name, version]) => [name, version, reasons.hookDependency] as const),
    ...libraries.flat(),
  ];
  return wanted
    .filter(([name]) => isMissing(traced, name))
    .map(([name, value, why]) => ({ kind: 'manifest', file: pkg.manifest, path: ['dependencies', name], value, why }));
}

function isMissing({ pkg, cohort }: TracedService, name: string): boolean {
  const declared = dependencyOf(pkg, name);
  return declared === undefined || declared.section !== 'dependencies' || fitOf(declared, cohort) === 'narrows';
}
