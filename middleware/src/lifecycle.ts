import { Server } from 'net';
import type { Runtime } from './runtime';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];
const MAX_LISTEN_LOGS = 20;

/** Reports every server that starts to listen, without touching it. */
export function watchListen(runtime: Runtime): void {
  let left = MAX_LISTEN_LOGS;
  const original = Server.prototype.listen;
  const listen = function listen(this: Server): Server {
    // biome-ignore lint/complexity/noArguments: forwards exactly what the app passed
    const result = Reflect.apply(original, this, arguments);
    if (left > 0) {
      left--;
      this.once('listening', () => reportListen(this, runtime));
    }
    return result;
  };
  Object.defineProperty(listen, 'length', { configurable: true, value: original.length });
  Server.prototype.listen = listen;
}

function reportListen(server: Server, runtime: Runtime): void {
  const address = server.address();
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

export function exceptionAttributes(error: unknown): Record<string, unknown> {
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
