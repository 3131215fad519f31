import type { Task } from '../../src/contract/index.ts';
import { needsHook } from '../shared/import-hook.ts';
import type { TracedService } from '../shared/traced-service.ts';
import { reasons } from './reasons.ts';

/** What tracing will miss in a service, each with the way to get it. */
export function tasksOf(traced: TracedService): readonly Task[] {
  const { coverage, withheld, pkg, service } = traced;
  const gaps = coverage.gaps.map((gap) => ({ ...gap.dependency.evidence, why: reasons.gap(gap), next: reasons.gapNext(gap) }));
  const bundled = pkg.build?.bundles ? [{ ...pkg.build.evidence, why: reasons.bundled(service.name), next: reasons.bundledNext }] : [];
  const left = withheld.map((each) => ({ ...each.dependency.evidence, why: reasons.withheld(each), next: reasons.withheldNext(each) }));
  return [...gaps, ...left, ...bundled, ...withoutLoader(traced)];
}

function withoutLoader(traced: TracedService): readonly Task[] {
  const { coverage, bootstraps, service } = traced;
  const misses =
    coverage.covered.length > 0 && bootstraps.some((bootstrap) => bootstrap.form === 'loader' && !needsHook(traced, bootstrap));
  const entry = service.entries.find((each) => each.runsAs === 'esm');
  return misses && entry !== undefined
    ? [{ file: entry.file, line: 1, why: reasons.noLoader(service.name), next: reasons.noLoaderNext }]
    : [];
}
