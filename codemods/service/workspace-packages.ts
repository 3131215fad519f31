import semver from 'semver';
import type { Dependency, Package, Survey } from '../../src/contract/index.ts';
import { folderOf, joinPath } from '../kit/index.ts';

/** The package and the packages of this repository that it depends on, however far; their code runs in its process. */
export function withWorkspacePackages(pkg: Package, survey: Survey): readonly Package[] {
  const found = new Set([pkg]);
  for (const each of found) {
    for (const dependency of each.dependencies) {
      const local = dependency.section === 'devDependencies' ? undefined : localPackage(dependency, each, survey);
      if (local !== undefined) found.add(local);
    }
  }
  return [...found];
}

function localPackage({ name, range }: Dependency, from: Package, survey: Survey): Package | undefined {
  const { named, inside } = indexOf(survey);
  const path = /^(?:file|link|portal):(.+)$/.exec(range)?.[1];
  if (path !== undefined) return inside.get(resolve(from.dir, path));
  return named.get(name)?.find((each) => each.dir !== from.dir && each.root === from.root && admits(range, each));
}

interface Index {
  readonly named: ReadonlyMap<string | undefined, readonly Package[]>;
  readonly inside: ReadonlyMap<string, Package>;
}

const indexes = new WeakMap<Survey, Index>();

function indexOf(survey: Survey): Index {
  const known = indexes.get(survey);
  if (known !== undefined) return known;
  const named = new Map<string | undefined, Package[]>();
  for (const each of survey.packages) {
    const same = named.get(each.name) ?? [];
    same.push(each);
    named.set(each.name, same);
  }
  const index = { named, inside: new Map(survey.packages.map((each) => [each.dir, each] as const)) };
  indexes.set(survey, index);
  return index;
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
