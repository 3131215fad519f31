import { Server } from 'net';
import { emitterOf, replaceEmit } from './emit';
import type { Runtime } from './runtime';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];
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
  if (isMainThread) for (const signal of SIGNALS) watchSignal(runtime, signal);
  watchNaturalEnd(runtime);
  process.on('uncaughtExceptionMonitor', (error) => {
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
 * Without a listener of the app: flush, then raise the signal again, so that the status is the default one.
 * With one, the app decides; our listener is taken away while it runs, because some handlers count listeners before they end the process.
 * It is back one tick later, before what a handler awaits: frameworks close their servers, and then raise the signal themselves.
 */
function watchSignal(runtime: Runtime, signal: NodeJS.Signals): void {
  let ending = false;
  const onSignal = (): void => {
    if (ending) return;
    process.removeListener(signal, onSignal);
    if (process.listenerCount(signal) > 0) {
      runtime.hurry();
      process.nextTick(() => process.prependListener(signal, onSignal));
      return;
    }
    ending = true;
    const keep = (): void => undefined;
    process.on(signal, keep);
    // One turn later, so that the span of a response that was just written has ended.
    setImmediate(() => {
      runtime.stop(signal).then(() => {
        process.removeListener(signal, keep);
        process.kill(process.pid, signal);
      });
    });
  };
  process.prependListener(signal, onSignal);
}

function watchNaturalEnd(runtime: Runtime): void {
  let flushed = false;
  process.on('beforeExit', function flushBeforeExit() {
    if (flushed) return;
    flushed = true;
    runtime.stop('end').then((inTime) => {
      // Only a collector that does not answer still holds the process, unless someone else also works on beforeExit.
      if (!inTime && process.listenerCount('beforeExit') === 1) process.exit();
    });
  });
}
