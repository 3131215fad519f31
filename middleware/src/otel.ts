import type { Context, MeterProvider, Span, SpanContext, TextMapPropagator, Tracer, TracerProvider } from '@opentelemetry/api';
import { quietly } from './quietly';
import type { RpcMetadata } from './server/request';

/** The parts of the official packages that are used, in the form all three SDK lines share. */
export interface Exporter {
  /** Ours also says whether all of it has been written to the connection; it may be written again. */
  export(items: unknown[], done: (result: ExportResult) => void, written?: (isWritten: boolean) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
  /** Ours only: see `OtlpHttpExporter`. */
  hurry?(on: boolean): void;
}

export interface ExportResult {
  readonly code: number;
  readonly error?: Error;
  /** Ours: there was no room, nothing was tried. */
  readonly isDropped?: boolean;
}

export interface Resource {
  readonly attributes: Record<string, unknown>;
  merge(other: Resource): Resource;
}

export interface Flushable {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

export interface LogRecord {
  readonly hrTime: [number, number];
  readonly hrTimeObserved: [number, number];
  readonly spanContext?: SpanContext;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: string;
  readonly eventName?: string;
  readonly attributes: Record<string, unknown>;
  readonly resource: Resource;
  readonly instrumentationScope: { readonly name: string; readonly version: string };
  readonly droppedAttributesCount: number;
}

export interface SpanProcessor extends Flushable {
  onStart(span: Span, context: Context): void;
  onEnd(span: Span): void;
}

export interface LogProcessor extends Flushable {
  onEmit(record: LogRecord, context?: Context): void;
}

/** What the instrumentation of a framework calls for every layer that runs. */
export type LayerHook = (
  span: Span & { readonly attributes?: Record<string, unknown> },
  layer: { readonly layerType?: string; readonly context?: unknown },
) => void;

export interface Instrumentation {
  readonly instrumentationName?: string;
  getConfig?(): { readonly disableIncomingRequestInstrumentation?: boolean; readonly requestHook?: LayerHook };
  setConfig?(config: object): void;
  enable(): void;
  disable(): void;
  setTracerProvider(provider: TracerProvider): void;
  setLoggerProvider?(provider: unknown): void;
  setMeterProvider?(provider: MeterProvider): void;
}

export interface SdkTracerProvider extends TracerProvider, Flushable {
  getTracer(name: string, version?: string): Tracer;
}

export interface LoggerProvider {
  getLogger(name: string, version?: string, options?: unknown): unknown;
  addLogRecordProcessor?(processor: LogProcessor): void;
}

type Constructor<A extends unknown[], T> = new (...args: A) => T;

export interface TraceSdk {
  readonly TracerProvider?: Constructor<[unknown], SdkTracerProvider>;
  readonly BasicTracerProvider?: Constructor<[unknown], SdkTracerProvider>;
  readonly SimpleSpanProcessor: Constructor<[unknown], SpanProcessor>;
  readonly ConsoleSpanExporter: Constructor<[], Exporter>;
  readonly AlwaysOnSampler: Constructor<[], unknown>;
  readonly AlwaysOffSampler: Constructor<[], unknown>;
  readonly ParentBasedSampler: Constructor<[{ root: unknown }], unknown>;
  readonly TraceIdRatioBasedSampler: Constructor<[number], unknown>;
}

export interface LogsSdk {
  readonly LoggerProvider: Constructor<[unknown], LoggerProvider>;
  readonly SimpleLogRecordProcessor: Constructor<[unknown], LogProcessor>;
  readonly ConsoleLogRecordExporter: Constructor<[], Exporter>;
}

export interface ResourcesSdk {
  readonly defaultResource?: () => Resource;
  readonly resourceFromAttributes?: (attributes: Record<string, unknown>) => Resource;
  readonly Resource?: Constructor<[Record<string, unknown>], Resource> & { default(): Resource };
}

export interface CoreSdk {
  suppressTracing(context: Context): Context;
  setRPCMetadata(context: Context, metadata: RpcMetadata): Context;
  getRPCMetadata(context: Context): RpcMetadata | undefined;
  readonly W3CTraceContextPropagator: Constructor<[], TextMapPropagator>;
  readonly W3CBaggagePropagator: Constructor<[], TextMapPropagator>;
  readonly CompositePropagator: Constructor<[{ propagators: TextMapPropagator[] }], TextMapPropagator>;
}

/** `sdk-1` takes exporters by position; later lines take one options object. `sdk-3` has the logs API inside the API package. */
export type Line = 'sdk-1' | 'sdk-2' | 'sdk-3';

export interface Sdk {
  readonly line: Line;
  readonly trace: TraceSdk;
  /** Loaded on demand: only loggers of other libraries need it. */
  logs(): LogsSdk;
  readonly resources: ResourcesSdk;
  readonly core: CoreSdk;
}

/** Loads the SDK packages of whichever line is installed; the specifiers stay literal so that bundlers can follow them. */
export function loadSdk(): Sdk {
  const core: CoreSdk = require('@opentelemetry/core');
  const resources: ResourcesSdk = require('@opentelemetry/resources');
  const line: Line = resources.Resource !== undefined ? 'sdk-1' : 'logs' in require('@opentelemetry/api') ? 'sdk-3' : 'sdk-2';
  return { line, trace: loadTraceSdk(), logs: () => quietly(() => require('@opentelemetry/sdk-logs')), resources, core };
}

/** Only one of the two is installed. Each stands in a `try` block of its own: elsewhere a bundler that does not find it fails the build. */
function loadTraceSdk(): TraceSdk {
  let missing: unknown;
  try {
    return require('@opentelemetry/sdk-trace');
  } catch (error) {
    if (!isMissing(error)) throw error;
    missing = error;
  }
  try {
    return require('@opentelemetry/sdk-trace-base');
  } catch (error) {
    throw isMissing(error) ? missing : error;
  }
}

/** True for "Cannot find module", the answer of an optional package that is not installed. */
export function isMissing(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND')
  );
}
