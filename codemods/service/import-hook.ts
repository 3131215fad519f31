import type { Repo } from '../../src/contract/index.ts';
import type { Bootstrap } from './bootstrap.ts';
import type { TracedService } from './traced-service.ts';

/** True when an instrumentation must see ES module imports, so the loader is hooked before the program is linked. */
export function needsHook(traced: TracedService, bootstrap: Bootstrap): boolean {
  return bootstrap.form === 'loader' && traced.cohort.hook !== undefined && hookedModules(traced).length > 0;
}

/** What the loader hook may touch: it changes how a module loads, so it gets no file of the program and nothing that is not instrumented. */
export function hookedModules({ coverage }: TracedService): readonly string[] {
  return coverage.covered.flatMap(({ dependency, esm }) => (esm === 'hook' ? [dependency.name] : [])).sort();
}

/** True when the bootstrap, as it stands, hooks the loader: it must then run before the program is linked. */
export function hooksLoader(bootstrap: Bootstrap, repo: Repo): boolean {
  return bootstrap.form === 'loader' && /\bregister-hooks\.mjs\b|\/hook\.mjs\b/.test(repo.read(bootstrap.file) ?? '');
}

/** True when ES modules import a library and its instrumentation does not see that. */
export function isMissed(traced: TracedService, esm: 'hook' | 'never' | undefined): boolean {
  const loaders = traced.bootstraps.filter(({ form }) => form === 'loader');
  return loaders.length > 0 && (esm === 'never' || (esm === 'hook' && !loaders.some((each) => needsHook(traced, each))));
}
