import { Server } from 'net';
import { findLoaded } from '../frameworks/loaded';
import type { Runtime } from '../runtime';
import { emitterOf, offerEmit, passRequests } from '../server/emit';
import { patchHttp2 } from '../server/http2';
import { watchProcess } from './process-events';
import { watchSignals } from './signals';

const MAX_LISTEN_LOGS = 20;

interface Listening extends Server {
  readonly _handle?: unknown;
}

/** Reports every server that starts to listen. A listener of ours would be seen by the program. */
export function watchListen(runtime: Runtime): void {
  let left = MAX_LISTEN_LOGS;
  const original = emitterOf(Server.prototype);
  const seen = new WeakMap<object, unknown>();
  const see = (server: Listening): void => {
    if (server._handle && seen.get(server) === server._handle) return;
    seen.set(server, server._handle);
    findLoaded();
    patchHttp2(server);
    if (left-- > 0) reportListen(server, runtime);
  };
  const emit = function emit(this: Server, event: string | symbol): boolean {
    if (event === 'listening') see(this);
    // biome-ignore lint/complexity/noArguments: forwards without allocating an array per event
    return Reflect.apply(original.emit, this, arguments);
  };
  // Node has a handle before it says that it listens.
  offerEmit<Listening>(Server.prototype, emit, (server) => {
    if (server._handle) see(server);
    return original.emit;
  });
  passRequests(Server.prototype.emit, original);
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

/** Sends what is left when the process or thread ends, and keeps its exit code or signal. */
export function watchEnd(runtime: Runtime, isMainThread: boolean): void {
  if (isMainThread) watchSignals(runtime);
  watchProcess('exit', () => runtime.handOver('exit'));
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
