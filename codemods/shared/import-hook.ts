import type { Bootstrap } from './bootstrap.ts';
import type { TracedService } from './traced-service.ts';

/** True when library instrumentations must hook ES module imports before the program is linked. */
export function needsHook({ coverage, cohort }: TracedService, bootstrap: Bootstrap): boolean {
  return bootstrap.form === 'loader' && coverage.covered.length > 0 && cohort.hook !== undefined;
}
