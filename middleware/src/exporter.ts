import { diag } from '@opentelemetry/api';
import { readNumber, readText } from './environment';
import { type Exporter, type ExportResult, isMissing } from './otel';
import { createEncoder, type Parcel } from './parcel';

export type Signal = 'traces' | 'logs';

const PACKAGES = {
  traces: {
    'http/protobuf': () => require('@opentelemetry/exporter-trace-otlp-proto').OTLPTraceExporter,
    'http/json': () => require('@opentelemetry/exporter-trace-otlp-http').OTLPTraceExporter,
    grpc: () => require('@opentelemetry/exporter-trace-otlp-grpc').OTLPTraceExporter,
  },
  logs: {
    'http/protobuf': () => require('@opentelemetry/exporter-logs-otlp-proto').OTLPLogExporter,
    'http/json': () => require('@opentelemetry/exporter-logs-otlp-http').OTLPLogExporter,
    grpc: () => require('@opentelemetry/exporter-logs-otlp-grpc').OTLPLogExporter,
  },
};

type Protocol = keyof (typeof PACKAGES)['traces'];

/** Where a signal goes. */
export interface Destination {
  readonly url: string;
  readonly exporter: LazyExporter;
  /** Missing for gRPC. */
  readonly encode?: (items: unknown[]) => Parcel;
}

/** Creates the real exporter at the first export: loading it would double the start-up time of a small program. */
export class LazyExporter implements Exporter {
  private readonly pending = new Map<Promise<void>, unknown[]>();
  private captured: unknown[] | undefined;
  private failed = false;
  private readonly create: () => Exporter;
  private real: Exporter | undefined;

  constructor(create: () => Exporter) {
    this.create = create;
  }

  export(items: unknown[], done: (result: ExportResult) => void): void {
    if (this.captured !== undefined) {
      this.captured.push(...items);
      done({ code: 0 });
      return;
    }
    let finish: () => void = () => undefined;
    const sent = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.pending.set(sent, items);
    const settle = (result: ExportResult): void => {
      this.pending.delete(sent);
      this.failed = result.code !== 0;
      finish();
      done(result);
    };
    try {
      this.open().export(items, settle);
    } catch (error) {
      diag.error('tracewright: export failed', error);
      settle({ code: 1, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  /** Resolves when every export that has begun has ended. */
  async forceFlush(): Promise<void> {
    await Promise.all(Array.from(this.pending.keys()));
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    if (this.real !== undefined) await this.real.shutdown();
  }

  /** From now on nothing is sent; returns what is on its way and what `flush` hands over, or nothing when the last export failed. */
  capture(flush: () => void): unknown[] {
    const items: unknown[] = [];
    for (const batch of Array.from(this.pending.values())) items.push(...batch);
    this.captured = items;
    flush();
    return this.failed ? [] : items;
  }

  /** Loads the real exporter now. */
  open(): Exporter {
    if (this.real === undefined) this.real = this.create();
    return this.real;
  }
}

/** The OTLP destination of a signal by the standard OTEL_EXPORTER_OTLP_* variables. */
export function openDestination(signal: Signal, warn: (text: string) => void): Destination | undefined {
  const protocol = readProtocol(signal, warn);
  const url = endpointOf(signal, protocol);
  const installed = findInstalled(signal, protocol, warn);
  if (installed === undefined) return undefined;
  const timeoutMillis =
    readNumber(`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_TIMEOUT`, 1) ?? readNumber('OTEL_EXPORTER_OTLP_TIMEOUT', 1) ?? 3000;
  const options = { url, timeoutMillis };
  const exporter = new LazyExporter(() => new (PACKAGES[signal][installed]())(options));
  return { url, exporter, encode: installed === 'grpc' ? undefined : createEncoder(signal, installed, url) };
}

function readProtocol(signal: Signal, warn: (text: string) => void): Protocol {
  const text =
    readText(`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_PROTOCOL`) || readText('OTEL_EXPORTER_OTLP_PROTOCOL') || 'http/protobuf';
  if (text === 'http/protobuf' || text === 'http/json' || text === 'grpc') return text;
  warn(`OTEL_EXPORTER_OTLP_PROTOCOL=${text} is not known, http/protobuf is used`);
  return 'http/protobuf';
}

function endpointOf(signal: Signal, protocol: Protocol): string {
  const own = readText(`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`);
  if (own !== undefined) return own;
  const base = readText('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (protocol === 'grpc') return base || 'http://localhost:4317';
  return `${(base || 'http://localhost:4318').replace(/\/+$/, '')}/v1/${signal}`;
}

/** Both HTTP encodings reach the same endpoint, so either package serves both; gRPC has its own port and no substitute. */
function findInstalled(signal: Signal, wanted: Protocol, warn: (text: string) => void): Protocol | undefined {
  if (isInstalled(signal, wanted)) return wanted;
  if (wanted !== 'grpc') {
    const other = wanted === 'http/json' ? 'http/protobuf' : 'http/json';
    if (isInstalled(signal, other)) return other;
    // In a bundle nothing can be resolved, and the default exporter is part of it.
    if (wanted === 'http/protobuf') return wanted;
  }
  warn(`${packageName(signal, wanted)} is not installed, ${signal} are not exported`);
  return undefined;
}

function isInstalled(signal: Signal, protocol: Protocol): boolean {
  try {
    require.resolve(`${packageName(signal, protocol)}/package.json`);
    return true;
  } catch (error) {
    // A package that hides its package.json is there all the same.
    return !isMissing(error);
  }
}

function packageName(signal: Signal, protocol: Protocol): string {
  const encoding = protocol === 'grpc' ? 'grpc' : protocol === 'http/json' ? 'http' : 'proto';
  return `@opentelemetry/exporter-${signal === 'traces' ? 'trace' : 'logs'}-otlp-${encoding}`;
}
