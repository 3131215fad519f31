import semver from 'semver';
import type { Cohort, Covered } from '../../src/cohort/index.ts';
import type { Package, Repo } from '../../src/contract/index.ts';
import { compilerOptions } from '../kit/index.ts';
import { dependencyOf } from './packages.ts';

/** True when the repository's TypeScript reads the type declarations of OpenTelemetry packages without new complaints. */
export function readsDeclarations(pkg: Package, cohort: Cohort, repo: Repo): boolean {
  return compilerOptions(pkg.dir, repo).skipLibCheck && isNewEnough(pkg, cohort);
}

/** True when installing the instrumentation adds declarations that the repository's compiler would check without being asked to. */
export function upsetsCompiler({ declares }: Covered, pkg: Package, repo: Repo): boolean {
  if (declares === undefined || dependencyOf(pkg, declares) !== undefined || dependencyOf(pkg, 'typescript') === undefined) return false;
  const options = compilerOptions(pkg.dir, repo);
  return !options.skipLibCheck && !options.namesTypes;
}

function isNewEnough(pkg: Package, cohort: Cohort): boolean {
  const typescript = dependencyOf(pkg, 'typescript');
  if (typescript === undefined) return true;
  const version = typescript.resolved ?? semver.minVersion(semver.validRange(typescript.range) ?? '*')?.version;
  return version === undefined || version === '0.0.0' || semver.satisfies(version, cohort.typescript, { includePrerelease: true });
}
