import { importsOf, sourceOf } from '../../src/ast/index.ts';
import type { Dependency, Repo, Survey } from '../../src/contract/index.ts';
import { hasUnreadRoutes, isReadByMiddleware, libraryOf } from '../../src/libraries/index.ts';
import { dependencyOf, sourcesOf, type TracedService } from '../service/index.ts';

/** The frameworks of a service whose routes its server spans will not show. */
export function unnamedRouters(traced: TracedService, survey: Survey, repo: Repo): readonly Dependency[] {
  const { pkg, coverage, libraries } = traced;
  const covered = new Set(coverage.covered.map(({ dependency }) => dependency.name));
  const declared = libraries.filter(({ name, section }) => section === 'dependencies' && hasUnreadRoutes(name) && !covered.has(name));
  return declared.filter((dependency) => {
    const { name } = dependency;
    if (isReadByMiddleware(dependency, pkg.build?.bundles ?? false)) return false;
    const tool = libraryOf(name)?.startedBy;
    return (tool !== undefined && dependencyOf(pkg, tool) !== undefined) || isImported(name, traced, survey, repo);
  });
}

function isImported(name: string, { pkg }: TracedService, survey: Survey, repo: Repo): boolean {
  return sourcesOf(pkg, [name], survey, repo).some((file) => {
    const source = sourceOf(file, repo.read(file));
    return source !== undefined && importsOf(source).some((each) => !each.typeOnly && each.specifier === name);
  });
}
