import { types } from 'util';
import { correlateLines } from './log/adapt-loggers';
import { isBridgeOff } from './log/bridge-off';
import { callAndRead, watchConsole } from './log/console-text';
import { describeError } from './log/describe-error';
import { noteLoggedError } from './log/logged-error';
import { currentRuntime } from './runtime';
import { keep } from './server/keep';

/** `trace` is not among them: it calls `error`, and prints the stack of whoever calls it. */
const METHODS = [
  ['debug', 5, 'DEBUG'],
  ['log', 9, 'INFO'],
  ['info', 9, 'INFO'],
  ['warn', 13, 'WARN'],
  ['error', 17, 'ERROR'],
] as const;

type Method = (typeof METHODS)[number][0];

const BRIDGED = Symbol.for('tracewright.console');

/** console.* also becomes OTLP log records with trace context. What is printed stays the same, byte for byte. */
export function bridgeConsole(): void {
  const output: Record<Method, unknown> = globalThis.console;
  const holder: { [BRIDGED]?: boolean } = Object(globalThis);
  if (holder[BRIDGED] || !currentRuntime()) return;
  keep(globalThis, BRIDGED, true);
  watchConsole(output);
  for (const [method, severityNumber, severityText] of METHODS) {
    const original = output[method];
    // A frozen console stays as it is.
    if (typeof original === 'function') Reflect.set(output, method, bridge(original, severityNumber, severityText));
  }
}

let isEmitting = false;

/** A bound function, as Node's own methods are: nothing but its length and name is to be seen. */
function bridge(original: Function, severityNumber: number, severityText: string): Function {
  const bridged = ((...args: unknown[]): unknown => {
    // An exporter may log.
    if (isEmitting || isBridgeOff()) return Reflect.apply(original, globalThis.console, args);
    return callAndRead(original, globalThis.console, args, (text) => emit(severityNumber, severityText, text, args));
  }).bind(undefined);
  Object.defineProperty(bridged, 'name', { configurable: true, value: original.name });
  Object.defineProperty(bridged, 'length', { configurable: true, value: original.length });
  return bridged;
}

function emit(severityNumber: number, severityText: string, body: string, args: unknown[]): void {
  const runtime = currentRuntime();
  if (!runtime) return;
  isEmitting = true;
  try {
    const error = args.find(isError);
    if (error !== undefined && severityNumber >= 13) noteLoggedError(error, severityNumber);
    const isTrace = severityNumber === 17 && args.length === 1 && args[0] === body && /^Trace(?:\n|: [\s\S]*\n) {4}at /.test(body);
    runtime.emit({
      severityNumber: isTrace ? 1 : severityNumber,
      severityText: isTrace ? 'TRACE' : severityText,
      body,
      attributes: error === undefined ? {} : describeError(error),
    });
  } catch {
    // What was printed stays printed.
  } finally {
    isEmitting = false;
  }
}

/** Asks no proxy of the program. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || (!types.isProxy(value) && value instanceof Error);
}

/** One log record per incoming request: method, route, status, duration, trace id. */
export function logRequests(): void {
  const runtime = currentRuntime();
  if (runtime) runtime.requestLogs = true;
}

/** Lines of pino, winston and bunyan that are written during a request get the fields `trace_id`, `span_id` and `trace_flags`. */
export function writeTraceIds(): void {
  const runtime = currentRuntime();
  if (runtime === undefined) return;
  runtime.lineIds = true;
  correlateLines();
}
