import { isMainThread } from 'worker_threads';
import { deliver } from './parcel';
import type { Pipelines } from './pipelines';
import { watchProcess } from './process-events';
import { lifecycleEntry } from './report';
import type { Runtime } from './runtime';

const FLUSH_CAP = 2000;

/** What the other entry points get of the pipelines; nothing in it rejects or takes longer than the cap. */
export function createRuntime(pipelines: Pipelines): Runtime {
  let stopped = false;
  const runtime: Runtime = {
    requestLogs: false,
    emit: pipelines.emit,
    flush: () => capped(pipelines.flush()),
    hurry: () => {
      pipelines.hurry();
    },
    stop: (reason) => {
      reportStop(reason);
      return runtime.flush();
    },
  };
  const reportStop = (reason: string): void => {
    if (stopped) return;
    stopped = true;
    runtime.emit(lifecycleEntry('tracewright.stop', `service stops: ${reason}`, { 'tracewright.reason': reason }));
  };
  // A process that exits without a flush hands what is left to a short-lived child; after a flush nothing is worth another wait.
  if (isMainThread) {
    watchProcess('exit', () => {
      if (stopped) return;
      reportStop('process.exit');
      quietly(() => deliver(pipelines.drain()));
    });
  }
  return runtime;
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // The process ends as it would have.
  }
}

/** Resolves true when the work ended in time, false at the cap; never rejects. */
function capped(work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), FLUSH_CAP);
    const done = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(done, done);
  });
}
