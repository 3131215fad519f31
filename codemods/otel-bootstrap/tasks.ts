import type { Dependency, Repo, Survey, Task } from '../../src/contract/index.ts';
import { hasUnreadRoutes, isReadByMiddleware, pluginFor, versionsRead } from '../../src/libraries/index.ts';
import { dependencyOf, hookedModules, needsHook, type TracedService } from '../service/index.ts';
import { bootstrapText } from './bootstrap-text.ts';
import { reasons } from './reasons.ts';
import { unnamedRouters } from './routers.ts';

/** What tracing will miss in a service, each with the way to get it. */
export function tasksOf(traced: TracedService, survey: Survey, repo: Repo): readonly Task[] {
  const { coverage, withheld, pkg, service } = traced;
  const routers = unnamedRouters(traced, survey, repo);
  const gaps = coverage.gaps
    .filter((gap) => !routers.includes(gap.dependency))
    .map((gap) => ({ ...gap.dependency.evidence, why: reasons.gap(gap), next: reasons.gapNext(gap) }));
  const renamed = coverage.renamed.map((each) => ({
    ...each.dependency.evidence,
    why: reasons.renamed(each),
    next: reasons.renamedNext(each),
  }));
  const plugins = pluginTasks(traced, routers);
  const bundled = pkg.build?.bundles ? [{ ...pkg.build.evidence, why: reasons.bundled(service.name), next: reasons.bundledNext }] : [];
  const left = withheld.map((each) => ({ ...each.dependency.evidence, why: reasons.withheld(each), next: reasons.withheldNext(each) }));
  const unnamed = routers.flatMap((each) => {
    const versions = versionsRead(each.name);
    // Nobody can do anything about the others: the plan says that they are dark.
    if (versions === undefined) return [];
    const next = reasons.unnamedRoutesNext(each, versions, pkg.build?.bundles ?? false);
    return [{ ...each.evidence, why: reasons.unnamedRoutes(each, service.name), next }];
  });
  return [...gaps, ...renamed, ...unnamed, ...plugins, ...left, ...bundled, ...withoutLoader(traced)];
}

/** Libraries whose own telemetry package a person must register, other than to name routes. */
function pluginTasks({ libraries, pkg }: TracedService, routers: readonly Dependency[]): readonly Task[] {
  return libraries.flatMap((each) => {
    const plugin = pluginFor(each);
    if (plugin === undefined || hasUnreadRoutes(each.name) || routers.includes(each) || dependencyOf(pkg, plugin.name) !== undefined)
      return [];
    return [{ ...each.evidence, why: reasons.plugin(each, plugin.name), next: plugin.next }];
  });
}

/** Libraries that came after the bootstrap was written. It may have been edited since, so it is not written again. */
export function addedTasks(traced: TracedService, texts: Readonly<Record<string, string>>, repo: Repo): readonly Task[] {
  return traced.bootstraps.flatMap((bootstrap) => {
    const text = bootstrap.exists ? texts[bootstrap.file] : undefined;
    if (text === undefined) return [];
    const fresh = bootstrapText(bootstrap, traced, repo);
    const added = traced.coverage.covered.filter(({ name }) => fresh.includes(name) && !text.includes(name));
    return added.map((each) => ({
      ...each.dependency.evidence,
      why: reasons.added(each, bootstrap),
      next: reasons.addedNext(each, bootstrap),
    }));
  });
}

/** Libraries whose calls get no spans when ES modules import them. */
function withoutLoader(traced: TracedService): readonly Task[] {
  const { coverage, bootstraps, service } = traced;
  const entry = service.entries.find((each) => each.runsAs === 'esm');
  const isRead = (name: string): boolean => traced.libraries.some((each) => each.name === name && isReadByMiddleware(each, false));
  const hooked = hookedModules(traced).filter((name) => !isRead(name));
  const misses = hooked.length > 0 && bootstraps.some((bootstrap) => bootstrap.form === 'loader' && !needsHook(traced, bootstrap));
  const unhooked =
    misses && entry !== undefined
      ? [{ file: entry.file, line: 1, why: reasons.noLoader(service.name, hooked), next: reasons.noLoaderNext }]
      : [];
  if (!bootstraps.some((bootstrap) => bootstrap.form === 'loader')) return unhooked;
  const never = coverage.covered.filter(({ esm }) => esm === 'never');
  return [
    ...unhooked,
    ...never.map((each) => ({ ...each.dependency.evidence, why: reasons.unhookable(each), next: reasons.unhookableNext(each) })),
  ];
}
