import type { SpanContext } from '@opentelemetry/api';
import { currentRuntime } from '../runtime';
import { noteLoggedError } from './logged-error';

/** One line that a logger of the program wrote, as the logger left it: redacted, formatted, and only if its level is on. */
export interface ForeignLine {
  /** From 10 (trace) to 60 (fatal), as pino and bunyan count. */
  readonly level: number;
  readonly body: string;
  readonly attributes: Record<string, unknown>;
  readonly error?: Error | undefined;
  /** When it was written in another context than the active one. */
  readonly spanContext?: SpanContext | undefined;
}

const SEVERITIES = [
  [60, 21, 'FATAL'],
  [50, 17, 'ERROR'],
  [40, 13, 'WARN'],
  [30, 9, 'INFO'],
  [20, 5, 'DEBUG'],
] as const;

let isEmitting = false;

/** Makes a log record with the active trace of a line. What the logger writes stays as it is. */
export function emitLine(make: () => ForeignLine | undefined): void {
  const runtime = currentRuntime();
  // An exporter may log.
  if (runtime === undefined || isEmitting) return;
  isEmitting = true;
  try {
    const line = make();
    if (line === undefined) return;
    const { level, body, attributes, error, spanContext } = line;
    if (error !== undefined && level >= 40) noteLoggedError(error, level >= 50 ? 17 : 13);
    const [, severityNumber, severityText] = SEVERITIES.find(([least]) => level >= least) || [0, 1, 'TRACE'];
    runtime.emit({ severityNumber, severityText, body, attributes: withoutIds(attributes), ...(spanContext && { spanContext }) });
  } catch {
    // What was written stays written.
  } finally {
    isEmitting = false;
  }
}

/** What official instrumentations put into a line is told by the record itself. */
function withoutIds(attributes: Record<string, unknown>): Record<string, unknown> {
  if (typeof attributes['trace_flags'] !== 'string') return attributes;
  const { trace_id: _trace, span_id: _span, trace_flags: _flags, ...rest } = attributes;
  return rest;
}

const OWN = ['level', 'time', 'pid', 'hostname', 'v'];

/** Fields of a JSON line, without what the record and its resource say, and with the error as semantic conventions name it. */
export function fieldsOf(record: Readonly<Record<string, unknown>>, ...others: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    const value = record[key];
    if (OWN.indexOf(key) >= 0 || others.indexOf(key) >= 0 || value === null) continue;
    if (key === 'err') Object.assign(fields, writtenError(value));
    else fields[key] = value;
  }
  return fields;
}

/** An error as a serializer wrote it. */
function writtenError(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { err: error };
  const { type, name, message, stack }: Record<string, unknown> = { ...error };
  const found: Record<string, unknown> = {};
  const put = (key: string, value: unknown): void => {
    if (typeof value === 'string') found[key] = value;
  };
  put('exception.type', type === undefined ? name : type);
  put('exception.message', message);
  put('exception.stacktrace', stack);
  return found;
}
