import { readList, readNumber } from '../environment';
import { createEmit } from '../log/log-pipeline';
import { maskUrl } from '../mask/url';
import type { Flushable, LoggerProvider, LogProcessor, Resource, Sdk, SdkTracerProvider, SpanProcessor } from '../otel';
import type { LogEntry } from '../runtime';
import { PortExporter, takeEnded } from '../threads/ended';
import { parentControl } from '../threads/started';
import { LogBatch, SpanBatch } from './batch';
import { openDestination } from './destination';
import { type LazyExporter, masking } from './lazy-exporter';
import type { Signal } from './otlp-settings';
import type { Job, Parcel } from './parcel';
import { randomIds } from './random-ids';
import { createSampler } from './sampler';

type Warn = (text: string) => void;

const PATIENCE = 1000;
const LITTLE_PATIENCE = 250;
/** Retry-After counts in whole seconds. */
const EXTRA = 1500;
/** A thread may be ended at any moment. */
const AT_ONCE = { scheduledDelayMillis: 0 };
/** As many as an export has. */
const MAX_ITEMS = 512;

/** Both signals from API to exporter; a signal that is off has no provider. */
export interface Pipelines {
  readonly tracerProvider?: SdkTracerProvider;
  readonly loggerProvider?: LoggerProvider;
  /** Where each goes, for people. */
  readonly traces: string;
  readonly logs: string;
  emit(entry: LogEntry): void;
  /** What found no room until now. */
  dropped(): { readonly spans: number; readonly logs: number };
  /** Calls it with the first of it. */
  whenDropped(onDrop: () => void): void;
  flush(): Promise<unknown>;
  /** The process ends before long: from now on nothing waits for a collector that is not there. Call the result to take it back. */
  hurry(): () => void;
  /** For a process that is ending: what was not sent, encoded, and how long to wait for a collector that may not have answered lately. */
  drain(): Job;
}

interface Output<P extends Flushable> {
  readonly place: string;
  readonly processor?: P;
  readonly exporter?: LazyExporter;
  readonly encode?: (items: unknown[]) => Parcel | undefined;
}

export function createPipelines(sdk: Sdk, resource: Resource, warn: Warn): Pipelines {
  const spans = createSpanOutput(sdk, warn);
  const logs = createLogOutput(sdk, warn);
  takeEnded({
    resource,
    span: (span) => spans.processor && spans.processor.onEnd(span),
    log: (record) => logs.processor && logs.processor.onEmit(record),
  });
  const parts: Flushable[] = [];
  const exporters: LazyExporter[] = [];
  for (const output of [spans, logs]) {
    if (output.processor) parts.push(output.processor);
    if (output.exporter) exporters.push(output.exporter);
  }
  const hurry = (): (() => void) => {
    const calm = exporters.map((exporter) => exporter.hurry());
    return () => {
      for (const release of calm) release();
    };
  };
  return {
    tracerProvider: spans.processor && createTracerProvider(sdk, resource, spans.processor, warn),
    loggerProvider: logs.processor && createLoggerProvider(sdk, resource, logs.processor),
    traces: spans.place,
    logs: logs.place,
    emit: logs.processor ? createEmit(logs.processor, resource, sdk.line !== 'sdk-1') : () => undefined,
    dropped: () => ({ spans: droppedBy(spans), logs: droppedBy(logs) }),
    whenDropped: (onDrop) => {
      for (const exporter of exporters) exporter.whenDropped(onDrop);
    },
    flush: async () => {
      const calm = hurry();
      // A batch that is already on its way is not part of the processor's own flush.
      await Promise.all(parts.map((part) => part.forceFlush().catch(() => undefined)));
      await Promise.all(exporters.map((exporter) => exporter.forceFlush()));
      calm();
    },
    hurry,
    drain: () => {
      const hasFailed = exporters.some((exporter) => exporter.hasFailed);
      return { parcels: [...drainOutput(spans), ...drainOutput(logs)], patience: hasFailed ? LITTLE_PATIENCE : PATIENCE, extra: EXTRA };
    },
  };
}

function droppedBy<P extends Flushable>({ exporter }: Output<P>): number {
  return exporter === undefined ? 0 : exporter.droppedItems;
}

function drainOutput<P extends Flushable>({ processor, exporter, encode }: Output<P>): Parcel[] {
  const parcels: Parcel[] = [];
  if (!processor) return parcels;
  if (!exporter || !encode) {
    processor.forceFlush().catch(() => undefined);
    return parcels;
  }
  const items = exporter.capture(() => {
    processor.forceFlush().catch(() => undefined);
  });
  for (let at = 0; at < items.length; at += MAX_ITEMS) {
    const parcel = encode(items.slice(at, at + MAX_ITEMS));
    if (parcel) parcels.push(parcel);
  }
  return parcels;
}

function createSpanOutput(sdk: Sdk, warn: Warn): Output<SpanProcessor> {
  return createOutput('traces', warn, {
    console: () => {
      const { SimpleSpanProcessor, ConsoleSpanExporter } = sdk.trace;
      const exporter = masking(new ConsoleSpanExporter());
      return new SimpleSpanProcessor(sdk.line === 'sdk-1' ? exporter : { exporter });
    },
    otlp: (exporter) => new SpanBatch(exporter, sdk.core.suppressTracing, batchLimits('BSP')),
    thread: (exporter) => new SpanBatch(exporter, sdk.core.suppressTracing, AT_ONCE),
  });
}

function createLogOutput(sdk: Sdk, warn: Warn): Output<LogProcessor> {
  return createOutput('logs', warn, {
    console: () => {
      const { SimpleLogRecordProcessor, ConsoleLogRecordExporter } = sdk.logs();
      const exporter = masking(new ConsoleLogRecordExporter());
      return new SimpleLogRecordProcessor(sdk.line === 'sdk-1' ? exporter : { exporter });
    },
    otlp: (exporter) => new LogBatch(exporter, sdk.core.suppressTracing, batchLimits('BLRP')),
    thread: (exporter) => new LogBatch(exporter, sdk.core.suppressTracing, AT_ONCE),
  });
}

interface Processors<P> {
  console(): P;
  otlp(exporter: LazyExporter): P;
  /** In a thread that another one of ours started. */
  thread(exporter: PortExporter): P;
}

function createOutput<P extends Flushable>(signal: Signal, warn: Warn, create: Processors<P>): Output<P> {
  const name = `OTEL_${signal.toUpperCase()}_EXPORTER`;
  const wanted = (readList(name) || ['otlp'])[0] || 'otlp';
  if (wanted === 'none') return { place: `off (${name}=none)` };
  const control = parentControl();
  if (control !== undefined) return { place: 'thread', processor: create.thread(new PortExporter(control, signal)) };
  if (wanted === 'console') return { place: 'console', processor: create.console() };
  if (wanted !== 'otlp') warn(`${name}=${wanted} is not known, otlp is used`);
  const destination = openDestination(signal, warn);
  if (destination === undefined) return { place: 'off' };
  const { exporter, encode, url } = destination;
  return { place: maskUrl(url), processor: create.otlp(exporter), exporter, encode };
}

/** OTEL_BSP_* and OTEL_BLRP_*; what is not set stays at the standard's default. */
function batchLimits(prefix: 'BSP' | 'BLRP'): Record<string, number> {
  return definedOnly({
    scheduledDelayMillis: readNumber(`OTEL_${prefix}_SCHEDULE_DELAY`, 0),
    maxQueueSize: readNumber(`OTEL_${prefix}_MAX_QUEUE_SIZE`, 1),
    maxExportBatchSize: readNumber(`OTEL_${prefix}_MAX_EXPORT_BATCH_SIZE`, 1),
  });
}

function spanLimits(): Record<string, number> {
  return definedOnly({
    attributeCountLimit: readNumber('OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 1) ?? readNumber('OTEL_ATTRIBUTE_COUNT_LIMIT', 1),
    attributeValueLengthLimit:
      readNumber('OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 1) ?? readNumber('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 1),
    eventCountLimit: readNumber('OTEL_SPAN_EVENT_COUNT_LIMIT', 0),
    linkCountLimit: readNumber('OTEL_SPAN_LINK_COUNT_LIMIT', 0),
  });
}

function definedOnly(values: Record<string, number | undefined>): Record<string, number> {
  const defined: Record<string, number> = {};
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) defined[key] = value;
  }
  return defined;
}

function createTracerProvider(sdk: Sdk, resource: Resource, processor: SpanProcessor, warn: Warn): SdkTracerProvider {
  const Provider = sdk.trace.TracerProvider || sdk.trace.BasicTracerProvider;
  if (Provider === undefined) throw new Error('the installed OpenTelemetry SDK has no tracer provider');
  return new Provider({
    resource,
    sampler: createSampler(sdk.trace, warn),
    spanProcessors: [processor],
    spanLimits: spanLimits(),
    idGenerator: randomIds,
  });
}

/** What a logger library gets from the API: the SDK's provider, loaded when the first logger is asked for. */
function createLoggerProvider(sdk: Sdk, resource: Resource, processor: LogProcessor): LoggerProvider {
  let provider: LoggerProvider | undefined;
  return {
    getLogger: (name, version, options) => {
      if (provider === undefined) {
        const real = new (sdk.logs().LoggerProvider)({ resource, processors: [processor] });
        if (real.addLogRecordProcessor) real.addLogRecordProcessor(processor);
        provider = real;
      }
      return provider.getLogger(name, version, options);
    },
  };
}
