import { intersects, satisfies, validRange } from 'semver';
import type { Package, Survey } from '../../src/contract/index.ts';
import { isWithin } from '../kit/index.ts';

/** Packages a file belongs to, the nearest first. */
export function enclosingPackages(survey: Survey, file: string): readonly Package[] {
  return survey.packages.filter((each) => isWithin(file, each.dir)).toSorted((a, b) => b.dir.length - a.dir.length);
}

/** Name of the service a file is part of; '' when no service owns its package. */
export function serviceNameOf(survey: Survey, file: string): string {
  for (const each of enclosingPackages(survey, file)) {
    const service = survey.services.find((one) => one.package === each.dir);
    if (service !== undefined) return service.name;
  }
  return '';
}

/** False when the nearest package that declares `name` has a version outside `range`; versions nobody states count as inside. */
export function hasTargetVersion(survey: Survey, file: string, name: string, range: string): boolean {
  for (const each of enclosingPackages(survey, file)) {
    const dependency = each.dependencies.find((one) => one.name === name);
    if (dependency === undefined) continue;
    if (dependency.resolved !== undefined) return satisfies(dependency.resolved, range, { includePrerelease: true });
    return validRange(dependency.range) === null || intersects(dependency.range, range, { includePrerelease: true });
  }
  return true;
}
