import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { readNumber, readPairs, readText } from './environment';
import { LazyExporter } from './lazy-exporter';
import { type Exporter, isMissing } from './otel';
import type { Parcel } from './parcel';
import { withFastSpans } from './span-encoder';
import { SCOPE } from './version';

export type Signal = 'traces' | 'logs';
type Protocol = 'http/protobuf' | 'http/json' | 'grpc';
type Warn = (text: string) => void;

/** Where a signal goes. */
export interface Destination {
  readonly url: string;
  readonly exporter: LazyExporter;
  /** Missing for gRPC. */
  readonly encode?: (items: unknown[]) => Parcel;
}

/** Encodes one signal; the official exporters use the same object. */
export interface Serializer {
  serializeRequest(items: unknown[]): Uint8Array | undefined;
  deserializeResponse(answer: Uint8Array): { readonly partialSuccess?: object };
}

/** One OTLP endpoint over HTTP. */
export interface OtlpTarget {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly serializer: Serializer;
  readonly timeoutMillis: number;
  readonly gzip: boolean;
  tls(): Record<string, Buffer>;
}

/** The OTLP destination of a signal by the standard OTEL_EXPORTER_OTLP_* variables. */
export function openDestination(signal: Signal, warn: Warn): Destination | undefined {
  const protocol = readProtocol(signal, warn);
  const url = endpointOf(signal, protocol);
  const timeoutMillis = readTimeout(signal);
  if (protocol === 'grpc') return openGrpc(signal, url, timeoutMillis, warn);
  const transformer = findTransformer(signal);
  if (transformer === undefined) return openBundled(signal, protocol, url, timeoutMillis, warn);
  const gzip = readSetting(signal, 'COMPRESSION') === 'gzip';
  const headers = readHeaders(signal, protocol);
  const loadSerializer = (): Serializer => {
    const found: Serializer = createRequire(transformer)('@opentelemetry/otlp-transformer')[serializerName(signal, protocol)];
    return signal === 'traces' && protocol === 'http/protobuf' ? withFastSpans(found) : found;
  };
  const exporter = new LazyExporter(() => {
    const { OtlpHttpExporter } = require('./otlp-http') as typeof import('./otlp-http');
    const zipped = gzip ? { ...headers, 'content-encoding': 'gzip' } : headers;
    return new OtlpHttpExporter({ url, headers: zipped, serializer: loadSerializer(), timeoutMillis, gzip, tls: () => readTls(signal) });
  });
  const encode = (items: unknown[]): Parcel => {
    const body = Buffer.from(loadSerializer().serializeRequest(items) || []).toString('base64');
    return { url, headers, body };
  };
  return { url, exporter, encode };
}

/** gRPC has its own port and no substitute, and its package is not in the default set. */
function openGrpc(signal: Signal, url: string, timeoutMillis: number, warn: Warn): Destination | undefined {
  const exporterName = packageName(signal, 'grpc');
  if (!isInstalled(exporterName)) {
    warn(`${exporterName} is not installed, ${signal} are not exported (OTEL_EXPORTER_OTLP_PROTOCOL=grpc)`);
    return undefined;
  }
  return { url, exporter: new LazyExporter(() => createOfficial(require(exporterName), { url, timeoutMillis })) };
}

/** In a bundle nothing can be resolved, and the exporters named literally here are part of it. */
function openBundled(signal: Signal, protocol: Protocol, url: string, timeoutMillis: number, warn: Warn): Destination | undefined {
  try {
    const official: Official =
      signal === 'traces' ? require('@opentelemetry/exporter-trace-otlp-proto') : require('@opentelemetry/exporter-logs-otlp-proto');
    if (protocol === 'http/json') warn(`http/json needs a program that is not bundled, ${signal} are sent as http/protobuf`);
    return { url, exporter: new LazyExporter(() => createOfficial(official, { url, timeoutMillis })) };
  } catch (error) {
    if (!isMissing(error)) throw error;
    warn(`${packageName(signal, protocol)} is not installed, ${signal} are not exported`);
    return undefined;
  }
}

interface Official {
  readonly OTLPTraceExporter?: new (options: object) => Exporter;
  readonly OTLPLogExporter?: new (options: object) => Exporter;
}

function createOfficial(official: Official, options: object): Exporter {
  const Created = official.OTLPTraceExporter || official.OTLPLogExporter;
  if (Created === undefined) throw new Error('the installed exporter is of an unknown kind');
  return new Created(options);
}

function readProtocol(signal: Signal, warn: Warn): Protocol {
  const text = readSetting(signal, 'PROTOCOL') || 'http/protobuf';
  if (text === 'http/protobuf' || text === 'http/json' || text === 'grpc') return text;
  warn(`OTEL_EXPORTER_OTLP_PROTOCOL=${text} is not known, http/protobuf is used`);
  return 'http/protobuf';
}

function endpointOf(signal: Signal, protocol: Protocol): string {
  const own = readText(name(signal, 'ENDPOINT'));
  if (own !== undefined) return own;
  const base = readText('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (protocol === 'grpc') return base || 'http://localhost:4317';
  return `${(base || 'http://localhost:4318').replace(/\/+$/, '')}/v1/${signal}`;
}

/** The shorter one of the two limits the standard has for the same thing; three seconds at most when none is set. */
function readTimeout(signal: Signal): number {
  const own = readNumber(name(signal, 'TIMEOUT'), 1) ?? readNumber('OTEL_EXPORTER_OTLP_TIMEOUT', 1);
  const batch = readNumber(signal === 'traces' ? 'OTEL_BSP_EXPORT_TIMEOUT' : 'OTEL_BLRP_EXPORT_TIMEOUT', 1);
  return Math.min(own ?? 3000, batch ?? Number.MAX_SAFE_INTEGER);
}

function readHeaders(signal: Signal, protocol: Protocol): Record<string, string> {
  return {
    'user-agent': `tracewright-middleware/${SCOPE.version}`,
    ...readPairs('OTEL_EXPORTER_OTLP_HEADERS'),
    ...readPairs(name(signal, 'HEADERS')),
    'content-type': protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
  };
}

/** Files of the user's own certificate authority and client certificate. */
function readTls(signal: Signal): Record<string, Buffer> {
  const options: Record<string, Buffer> = {};
  for (const [option, setting] of [
    ['ca', 'CERTIFICATE'],
    ['cert', 'CLIENT_CERTIFICATE'],
    ['key', 'CLIENT_KEY'],
  ] as const) {
    const file = readSetting(signal, setting);
    if (file !== undefined) options[option] = readFileSync(file);
  }
  return options;
}

function readSetting(signal: Signal, setting: string): string | undefined {
  return readText(name(signal, setting)) || readText(`OTEL_EXPORTER_OTLP_${setting}`);
}

function name(signal: Signal, setting: string): string {
  return `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${setting}`;
}

/** The file from which the transformer of the installed exporter can be required, also under pnpm and Yarn PnP. */
function findTransformer(signal: Signal): string | undefined {
  for (const protocol of ['http/protobuf', 'http/json'] as const) {
    try {
      const file = require.resolve(packageName(signal, protocol));
      createRequire(file).resolve('@opentelemetry/otlp-transformer');
      return file;
    } catch {
      // The other one serves both encodings as well.
    }
  }
  return undefined;
}

function serializerName(signal: Signal, protocol: Protocol): string {
  return `${protocol === 'http/json' ? 'Json' : 'Protobuf'}${signal === 'traces' ? 'Trace' : 'Logs'}Serializer`;
}

function isInstalled(exporterName: string): boolean {
  try {
    require.resolve(exporterName);
    return true;
  } catch {
    return false;
  }
}

function packageName(signal: Signal, protocol: Protocol): string {
  const encoding = protocol === 'grpc' ? 'grpc' : protocol === 'http/json' ? 'http' : 'proto';
  return `@opentelemetry/exporter-${signal === 'traces' ? 'trace' : 'logs'}-otlp-${encoding}`;
}
