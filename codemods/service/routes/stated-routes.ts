import { isTestFile, type Source, sourceOf } from '../../../src/ast/index.ts';
import type { Repo, Route, Survey } from '../../../src/contract/index.ts';
import { sourcesOf } from '../sources.ts';
import { decoratedPackages, decoratedRoutes, globalPrefix } from './decorated-routes.ts';
import { routerPackages } from './router-values.ts';
import { tablePackages, tableRoutes } from './table-routes.ts';
import { verbRoutes } from './verb-routes.ts';

/** Routes that stand in the source of services whose framework keeps them at run time: nobody writes them down but the program itself. */
export function statedRoutes(repo: Repo, survey: Survey): readonly Route[] {
  return survey.services.flatMap((service) => {
    const pkg = survey.packages.find(({ dir }) => dir === service.package);
    if (pkg === undefined) return [];
    const has = (names: readonly string[]): boolean => pkg.dependencies.some(({ name }) => names.includes(name));
    const read = (needles: readonly string[]): readonly Source[] =>
      sourcesOf(pkg, needles, survey, repo).flatMap((file) => (isTestFile(file) ? [] : (sourceOf(file, repo.read(file)) ?? [])));
    const prefix = has(decoratedPackages) ? globalPrefix(read(['setGlobalPrefix'])) : undefined;
    return [
      ...(has(routerPackages) ? verbRoutes(read(routerPackages), repo, survey) : []),
      ...(has(tablePackages) ? read(['handler']).flatMap((source) => tableRoutes(source, survey)) : []),
      ...(prefix === undefined ? [] : read(['Controller']).flatMap((source) => decoratedRoutes(source, prefix, survey))),
    ];
  });
}
