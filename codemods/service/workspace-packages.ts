import semver from 'semver';
import type { Dependency, Package, Survey } from '../../src/contract/index.ts';
import { folderOf, joinPath } from '../kit/index.ts';

/** The package and the packages of this repository that it depends on, however far; their code runs in its process. */
export function withWorkspacePackages(pkg: Package, survey: Survey): readonly Package[] {
  const found = [pkg];
  for (const each of found) {
    for (const dependency of each.dependencies) {
      if (dependency.section === 'devDependencies') continue;
      const local = localPackage(dependency, each, survey);
      if (local !== undefined && !found.includes(local)) found.push(local);
    }
  }
  return found;
}

function localPackage({ name, range }: Dependency, from: Package, survey: Survey): Package | undefined {
  const path = /^(?:file|link|portal):(.+)$/.exec(range)?.[1];
  if (path !== undefined) {
    const folder = resolve(from.dir, path);
    return survey.packages.find((each) => each.dir === folder);
  }
  return survey.packages.find((each) => each.name === name && each.dir !== from.dir && each.root === from.root && admits(range, each));
}

/** Package managers link a workspace package when the range admits its version; the workspace protocol always does. */
function admits(range: string, { version }: Package): boolean {
  if (range.startsWith('workspace:') || range === '*' || version === undefined) return true;
  return semver.validRange(range) !== null && semver.satisfies(version, range, { includePrerelease: true });
}

function resolve(folder: string, path: string): string {
  let at = folder;
  for (const part of path.split('/')) {
    if (part === '..') at = folderOf(at);
    else if (part !== '.' && part !== '') at = joinPath(at, part);
  }
  return at;
}
