import { watchProcess } from '../process/process-events';
import { willFreeze } from './before-freeze';
import type { Invocation } from './invocation';

let last: Invocation | undefined;
let isWatched = false;

/**
 * A call that nobody answered ends when the next one begins, because a process has one at a time unless it was told that there are more. One
 * that an error ends, of which only the runtime hears, ends with it.
 */
export function followToEnd(invocation: Invocation): Invocation {
  if (!willFreeze() || process.env['AWS_LAMBDA_MAX_CONCURRENCY'] !== undefined) return invocation;
  if (last !== undefined) last.succeed(undefined);
  last = invocation;
  if (!isWatched) {
    isWatched = true;
    const fail = (error: unknown): void => {
      if (last !== undefined) last.fail(error);
    };
    watchProcess('uncaughtExceptionMonitor', fail);
    watchProcess('unhandledRejection', fail);
  }
  return invocation;
}
