import { Server } from 'net';
import { emitterOf, replaceEmit } from './emit';
import { holdSignal, releaseSignal } from './hold-signal';
import { watchProcess } from './process-events';
import type { Runtime } from './runtime';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const MAX_LISTEN_LOGS = 20;

/** Reports every server that starts to listen. A listener of ours would be seen by the program. */
export function watchListen(runtime: Runtime): void {
  let left = MAX_LISTEN_LOGS;
  const original = emitterOf(Server.prototype);
  replaceEmit<Server>(Server.prototype, function emit(event) {
    if (event === 'listening' && left > 0) {
      left--;
      reportListen(this, runtime);
    }
    // biome-ignore lint/complexity/noArguments: forwards without allocating an array per event
    return Reflect.apply(original.emit, this, arguments);
  });
}

function reportListen(server: Server, runtime: Runtime): void {
  const address = addressOf(server);
  const attributes: Record<string, unknown> = {};
  if (typeof address === 'string') attributes['server.address'] = address;
  else if (address) {
    attributes['server.address'] = address.address;
    attributes['server.port'] = address.port;
  }
  const place = typeof address === 'string' ? address : address ? `port ${address.port}` : 'a shared handle';
  runtime.emit({
    severityNumber: 9,
    severityText: 'INFO',
    body: `service listens on ${place}`,
    eventName: 'tracewright.listen',
    attributes,
  });
}

/** Servers of other kinds may have no address, or refuse to say it. */
function addressOf(server: Server): ReturnType<Server['address']> {
  try {
    return server.address();
  } catch {
    return null;
  }
}

/** Flushes at the end of the process and keeps its exit code or signal. */
export function watchEnd(runtime: Runtime, isMainThread: boolean): void {
  if (isMainThread) watchSignals(runtime);
  watchNaturalEnd(runtime);
  watchProcess('uncaughtExceptionMonitor', (error) => {
    runtime.emit({
      severityNumber: 21,
      severityText: 'FATAL',
      body: error instanceof Error ? error.message : String(error),
      eventName: 'tracewright.uncaught',
      attributes: exceptionAttributes(error),
    });
  });
}

function exceptionAttributes(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { 'exception.message': String(error) };
  return { 'exception.type': error.name, 'exception.message': error.message, 'exception.stacktrace': String(error.stack) };
}

/**
 * Without a listener of the app: flush, then raise the signal again, so that the status is the default one. With one, the app decides.
 * Frameworks close their servers, and then raise the signal themselves.
 */
function watchSignals(runtime: Runtime): void {
  let ending = false;
  for (const signal of SIGNALS) {
    holdSignal(signal, () => {
      // Another one would come to a process that is gone.
      if (ending) return true;
      if (process.listenerCount(signal) > 0) {
        runtime.hurry();
        return false;
      }
      ending = true;
      // One turn later, so that the span of a response that was just written has ended.
      setImmediate(() => {
        runtime.stop(signal).then(() => {
          releaseSignal(signal);
          process.kill(process.pid, signal);
        });
      });
      return true;
    });
  }
}

/** Node emits `beforeExit` again when what it started has ended, so the listeners of the program get it once, as before. */
function watchNaturalEnd(runtime: Runtime): void {
  let flushed = false;
  watchProcess('beforeExit', () => {
    if (flushed) return false;
    flushed = true;
    runtime.stop('end').then((inTime) => {
      // Only a collector that does not answer still holds the process, unless the program also works on beforeExit.
      if (!inTime && process.listenerCount('beforeExit') === 0) process.exit();
    });
    return true;
  });
}
