import { diag } from '@opentelemetry/api';
import { watchForks } from './forks';
import { watchPools } from './pools';
import { watchPorts } from './ports';
import { watchWorkers } from './workers';

/** Messages between threads and processes of the program carry their trace, beside them; the program sees its own. */
export function watchThreads(): void {
  for (const watch of [watchPorts, watchWorkers, watchForks, watchPools]) {
    try {
      watch();
    } catch (error) {
      diag.warn('tracewright: messages of threads or processes carry no trace', error);
    }
  }
}
