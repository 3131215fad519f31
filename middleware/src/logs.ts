import { format } from 'util';
import { exceptionAttributes } from './lifecycle';
import { noteLoggedError } from './logged-error';
import { currentRuntime } from './runtime';

const METHODS = [
  ['trace', 1, 'TRACE'],
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
  if (holder[BRIDGED]) return;
  holder[BRIDGED] = true;
  let inside = false;
  for (const [method, severityNumber, severityText] of METHODS) {
    const original = output[method];
    if (typeof original !== 'function') continue;
    const bridged = function (this: unknown, ...args: unknown[]): unknown {
      // console.trace calls console.error, and an exporter may log: only the outermost call counts.
      if (inside) return Reflect.apply(original, this, args);
      inside = true;
      try {
        const result: unknown = Reflect.apply(original, this, args);
        emit(severityNumber, severityText, args);
        return result;
      } finally {
        inside = false;
      }
    };
    Object.defineProperty(bridged, 'name', { configurable: true, value: original.name });
    Object.defineProperty(bridged, 'length', { configurable: true, value: original.length });
    output[method] = bridged;
  }
}

function emit(severityNumber: number, severityText: string, args: unknown[]): void {
  const runtime = currentRuntime();
  if (!runtime) return;
  try {
    const error = args.find(isError);
    if (error !== undefined && severityNumber >= 13) noteLoggedError(error, severityNumber);
    runtime.emit({
      severityNumber,
      severityText,
      body: format(...args),
      attributes: error === undefined ? {} : exceptionAttributes(error),
    });
  } catch {
    // A toString of the app that throws has already thrown from the call above.
  }
}

function isError(value: unknown): value is Error {
  return value instanceof Error;
}

/** One log record per incoming request: method, route, status, duration, trace id. */
export function logRequests(): void {
  const runtime = currentRuntime();
  if (runtime) runtime.requestLogs = true;
}
