import { createTraceState, type Span, type SpanContext } from '@opentelemetry/api';
import type { MessagePort } from 'worker_threads';
import type { Signal } from '../export/otlp-settings';
import { read } from '../frameworks/reader';
import type { Exporter, ExportResult, LogRecord } from '../otel';

type Fields = Record<string, unknown>;

const SPAN_FIELDS = [
  'name',
  'kind',
  'parentSpanId',
  'startTime',
  'endTime',
  'duration',
  'ended',
  'status',
  'attributes',
  'events',
  'instrumentationScope',
  'instrumentationLibrary',
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
];
const LOG_FIELDS = [
  'hrTime',
  'hrTimeObserved',
  'severityNumber',
  'severityText',
  'body',
  'eventName',
  'attributes',
  'instrumentationScope',
  'droppedAttributesCount',
];

/** What a thread ends with goes to the one that started it, which lives longer and sends it as its own. */
export class PortExporter implements Exporter {
  private readonly control: MessagePort;
  private readonly signal: Signal;

  constructor(control: MessagePort, signal: Signal) {
    this.control = control;
    this.signal = signal;
  }

  export(items: unknown[], done: (result: ExportResult) => void): void {
    const make = this.signal === 'traces' ? plainSpan : plainLog;
    try {
      this.control.postMessage({ [this.signal]: items.map(make) });
    } catch {
      // Values that cannot be cloned: one by one, so that the others arrive.
      for (const item of items) this.exportOne(make(item));
    }
    done({ code: 0 });
  }

  async shutdown(): Promise<void> {}

  private exportOne(item: Fields): void {
    try {
      this.control.postMessage({ [this.signal]: [JSON.parse(JSON.stringify(item))] });
    } catch {
      // It is lost.
    }
  }
}

function pick(item: unknown, names: readonly string[]): Fields {
  const fields: Fields = {};
  for (const name of names) {
    const value: unknown = read(item, name);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function plainSpan(item: unknown): Fields {
  const links: unknown = read(item, 'links');
  return {
    ...pick(item, SPAN_FIELDS),
    own: plainContext((item as Span).spanContext()),
    parentSpanContext: plainContext(read(item, 'parentSpanContext')),
    links: Array.isArray(links) ? links.map((each) => ({ ...each, context: plainContext(each.context) })) : [],
  };
}

function plainLog(item: unknown): Fields {
  return { ...pick(item, LOG_FIELDS), spanContext: plainContext(read(item, 'spanContext')) };
}

function plainContext(context: unknown): Fields | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const { traceId, spanId, traceFlags, isRemote, traceState } = context as SpanContext;
  return { traceId, spanId, traceFlags, isRemote, ...(traceState && { traceState: traceState.serialize() }) };
}

function contextOf(plain: unknown): SpanContext | undefined {
  if (typeof plain !== 'object' || plain === null) return undefined;
  const { traceState, ...rest }: { traceState?: string } = plain;
  return { ...rest, ...(traceState !== undefined && { traceState: createTraceState(traceState) }) } as unknown as SpanContext;
}

/** Takes spans and log records of threads in, as if this thread had ended them. */
export interface Sink {
  span(span: Span): void;
  log(record: LogRecord): void;
  readonly resource: unknown;
}

let sink: Sink | undefined;

export function takeEnded(into: Sink): void {
  sink = into;
}

/** False: it was something else. */
export function receiveEnded(message: unknown): boolean {
  const { traces, logs }: { traces?: unknown; logs?: unknown } = Object(message);
  if (Array.isArray(traces)) for (const each of traces) receiveSpan(each);
  if (Array.isArray(logs)) for (const each of logs) receiveLog(each);
  return Array.isArray(traces) || Array.isArray(logs);
}

function receiveSpan({ own, parentSpanContext, links, ...fields }: Fields): void {
  if (sink === undefined) return;
  const context = contextOf(own);
  sink.span({
    ...fields,
    ...scopeOf(fields),
    resource: sink.resource,
    parentSpanContext: contextOf(parentSpanContext),
    links: (links as { context: unknown }[]).map((each) => ({ ...each, context: contextOf(each.context) })),
    spanContext: () => context,
  } as unknown as Span);
}

function receiveLog({ spanContext, ...fields }: Fields): void {
  if (sink === undefined) return;
  sink.log({ ...fields, ...scopeOf(fields), resource: sink.resource, spanContext: contextOf(spanContext) } as unknown as LogRecord);
}

const scopes = new Map<string, unknown>();

/** Spans are grouped by the object that names their scope. */
function scopeOf(fields: Fields): Fields {
  const found: Fields = {};
  for (const name of ['instrumentationScope', 'instrumentationLibrary']) {
    const scope = fields[name];
    if (scope === undefined) continue;
    const key = JSON.stringify(scope);
    if (!scopes.has(key)) scopes.set(key, scope);
    found[name] = scopes.get(key);
  }
  return found;
}
