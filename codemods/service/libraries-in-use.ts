import type { Dependency, Package, Repo, Survey } from '../../src/contract/index.ts';
import { libraryOf } from '../../src/libraries/index.ts';
import { versionBelow } from '../../src/survey/index.ts';
import { isWithin } from '../kit/index.ts';
import { withWorkspacePackages } from './workspace-packages.ts';

/**
 * The libraries that run in a service, whoever names them: its package.json, those of packages of this repository that it depends on, and
 * libraries that load others themselves (bullmq loads ioredis). By name; the one that the service itself declares first.
 */
export function librariesInUse(pkg: Package, survey: Survey, repo: Repo): readonly Dependency[] {
  const packages = withWorkspacePackages(pkg, survey).flatMap((each) => [each, ...packageAbove(each, survey)]);
  const declared = packages.flatMap((each) => runtimeOf(each));
  const loaded = packages.flatMap((each) => runtimeOf(each).flatMap((dependency) => loadedBy(dependency, each, repo)));
  const found = new Map<string, Dependency>();
  for (const each of [...declared, ...loaded]) {
    const key = `${each.name} ${each.as ?? ''}`;
    if (!found.has(key)) found.set(key, each);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Node.js looks in the folders above: a package that declares nothing runs what the package of the whole repository declares. */
function packageAbove(pkg: Package, survey: Survey): readonly Package[] {
  if (runtimeOf(pkg).length > 0) return [];
  const above = survey.packages.filter((each) => each.dir !== pkg.dir && isWithin(pkg.dir, each.dir) && runtimeOf(each).length > 0);
  return above.sort((a, b) => b.dir.length - a.dir.length).slice(0, 1);
}

function runtimeOf({ dependencies }: Package): readonly Dependency[] {
  return dependencies.filter(({ section }) => section === 'dependencies' || section === 'optionalDependencies');
}

/** What a library loads, in the version that the lock file puts below it; a lock file that has none there says that it loads none. */
function loadedBy(parent: Dependency, pkg: Package, repo: Repo): readonly Dependency[] {
  const { evidence, name, section } = parent;
  return (libraryOf(name)?.loads ?? []).flatMap((child): readonly Dependency[] => {
    const resolved = versionBelow(repo, pkg, parent.as ?? name, child);
    if (resolved === undefined && parent.resolved !== undefined) return [];
    const own: Dependency = { name: child, section, range: '*', ...(resolved !== undefined && { resolved }), through: name, evidence };
    return [own, ...(resolved === undefined ? loadedBy(own, pkg, repo) : [])];
  });
}
