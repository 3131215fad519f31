import { Server } from 'net';
import { findLoaded } from '../frameworks/loaded';
import { describeError } from '../log/describe-error';
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
  watchProcess('exit', () => {
    // A program may emit it by hand, and go on. A thread of Node before 20 does not say so.
    if (!isMainThread || Reflect.get(process, '_exiting') !== false) runtime.handOver('exit');
  });
  watchProcess('uncaughtExceptionMonitor', (error) => report(runtime, 'tracewright.uncaught', 'FATAL', error));
  // Without a listener it is uncaught next; to read it here would change what Node prints then.
  watchProcess('unhandledRejection', (error) => {
    if (process.listenerCount('unhandledRejection') > 0) report(runtime, 'tracewright.unhandled_rejection', 'ERROR', error);
  });
}

/** In the trace of what failed: Node tells of it in that context. */
function report(runtime: Runtime, eventName: string, severityText: 'ERROR' | 'FATAL', error: unknown): void {
  const known = error instanceof Error ? describeError(error) : { 'exception.message': String(error) };
  const body = String(known['exception.message']);
  runtime.emit({ severityNumber: severityText === 'FATAL' ? 21 : 17, severityText, body, eventName, attributes: known });
}
