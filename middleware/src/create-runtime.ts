import { deliver } from './export/parcel';
import type { Pipelines } from './export/pipelines';
import { cancel, later, NativePromise } from './platform';
import { lifecycleEntry, say } from './report';
import type { Runtime } from './runtime';
import { finishAnswered } from './server/open-requests';
import { isThread } from './threads/started';
import { readThreads } from './threads/workers';

const FLUSH_CAP = 2000;

/** What the other entry points get of the pipelines; nothing in it rejects or takes longer than the cap. */
export function createRuntime(pipelines: Pipelines): Runtime {
  let stopped = false;
  let isGivenUp = false;
  const reportStop = (reason: string): void => {
    if (stopped || isThread()) return;
    stopped = true;
    const { spans, logs } = pipelines.dropped();
    const dropped = spans + logs > 0 ? { 'tracewright.dropped_spans': spans, 'tracewright.dropped_logs': logs } : {};
    runtime.emit(lifecycleEntry('tracewright.stop', `service stops: ${reason}`, { 'tracewright.reason': reason, ...dropped }));
  };
  const runtime: Runtime = {
    requestLogs: false,
    emit: pipelines.emit,
    flush: async () => {
      const inTime = await capped(pipelines.flush());
      isGivenUp = !inTime;
      return inTime;
    },
    hurry: () => {
      pipelines.hurry();
    },
    stop: (reason) => {
      reportStop(reason);
      return runtime.flush();
    },
    handOver: (reason) => {
      // After a flush that came to nothing no second wait is worth it.
      if (isGivenUp) return;
      isGivenUp = true;
      try {
        finishAnswered();
        readThreads();
        reportStop(reason);
        deliver(pipelines.drain());
      } catch {
        // The process ends as it would have.
      }
    },
  };
  pipelines.whenDropped(noteDrop(runtime));
  return runtime;
}

/** Once per process, on stderr and as a record; how much it was is in `tracewright.stop`. */
function noteDrop(runtime: Runtime): () => void {
  let isNoted = false;
  return () => {
    if (isNoted) return;
    isNoted = true;
    const body = 'more telemetry ended at once than can be sent at once: some of it is dropped';
    say(body);
    runtime.emit({ ...lifecycleEntry('tracewright.drop', body, {}), severityNumber: 13, severityText: 'WARN' });
  };
}

/** Resolves true when the work ended in time, false at the cap; never rejects. */
function capped(work: Promise<unknown>): Promise<boolean> {
  return new NativePromise((resolve) => {
    const timer = later(() => resolve(false), FLUSH_CAP);
    settled(work, () => {
      cancel(timer);
      resolve(true);
    });
  });
}

async function settled(work: Promise<unknown>, done: () => void): Promise<void> {
  try {
    await work;
  } catch {
    // Only when it ended counts.
  }
  done();
}
