import { createRequire } from 'module';
import { type Exporter, isMissing } from '../otel';
import { gzipSync, NodeUrl } from '../platform';
import { quietly } from '../quietly';
import { addressOf } from '../server/located';
import { LazyExporter } from './lazy-exporter';
import { endpointOf, type Protocol, readHeaders, readProtocol, readSetting, readTimeout, readTls, type Signal } from './otlp-settings';
import type { Parcel } from './parcel';
import { withFastSpans } from './span-encoder';

type Warn = (text: string) => void;

/** Where a signal goes. */
export interface Destination {
  readonly url: string;
  readonly exporter: LazyExporter;
  /** For a process that is ending; undefined where no serializer is found. */
  encode(items: unknown[]): Parcel | undefined;
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
  return { url, exporter, encode: (items) => pack(signal, url, headers, quietly(loadSerializer), items) };
}

/** gRPC has its own port and no substitute, and its package is not in the default set. */
function openGrpc(signal: Signal, url: string, timeoutMillis: number, warn: Warn): Destination | undefined {
  const exporterName = packageName(signal, 'grpc');
  if (!isInstalled(exporterName)) {
    warn(`${exporterName} is not installed, ${signal} are not exported (OTEL_EXPORTER_OTLP_PROTOCOL=grpc)`);
    return undefined;
  }
  const exporter = new LazyExporter(() => createOfficial(require(exporterName), { url, timeoutMillis }));
  const encode = (items: unknown[]): Parcel | undefined => {
    const load = (): Serializer =>
      createRequire(require.resolve(exporterName))('@opentelemetry/otlp-transformer')[serializerName(signal, 'grpc')];
    const serializer = quietly(load);
    return pack(signal, grpcUrl(signal, url), readHeaders(signal, 'grpc'), serializer, items);
  };
  return { url, exporter, encode };
}

/** What the official exporter calls at an endpoint, which may be written without a scheme. */
function grpcUrl(signal: Signal, url: string): string {
  const insecure = /^true$/i.test(readSetting(signal, 'INSECURE') || '');
  const { protocol, host } = new NodeUrl(url.includes('://') ? url : `${insecure ? 'http' : 'https'}://${url}`);
  const service = signal === 'traces' ? 'trace.v1.TraceService' : 'logs.v1.LogsService';
  return `${protocol}//${host}/opentelemetry.proto.collector.${service}/Export`;
}

/** In a bundle nothing can be resolved, and the exporters named literally here are part of it. */
function openBundled(signal: Signal, protocol: Protocol, url: string, timeoutMillis: number, warn: Warn): Destination | undefined {
  try {
    const official: Official =
      signal === 'traces' ? require('@opentelemetry/exporter-trace-otlp-proto') : require('@opentelemetry/exporter-logs-otlp-proto');
    if (protocol === 'http/json') warn(`http/json needs a program that is not bundled, ${signal} are sent as http/protobuf`);
    const create = (): Official & Exporter => createOfficial(official, { url, timeoutMillis });
    // Its serializer is in the bundle too, and known to nobody else.
    const encode = (items: unknown[]): Parcel | undefined =>
      pack(signal, url, readHeaders(signal, 'http/protobuf'), quietly(create)._delegate?._serializer, items);
    return { url, exporter: new LazyExporter(create), encode };
  } catch (error) {
    if (!isMissing(error)) throw error;
    warn(`${packageName(signal, protocol)} is not installed, ${signal} are not exported`);
    return undefined;
  }
}

function pack(
  signal: Signal,
  url: string,
  headers: Record<string, string>,
  serializer: Serializer | undefined,
  items: unknown[],
): Parcel | undefined {
  const plain = serializer?.serializeRequest(items);
  if (plain === undefined) return undefined;
  const grpc = headers['content-type'] === 'application/grpc';
  const gzip = !grpc && readSetting(signal, 'COMPRESSION') === 'gzip';
  const tls: Record<string, string> = {};
  const files = url.indexOf('https:') === 0 ? readTls(signal) : {};
  for (const name of Object.keys(files)) tls[name] = String(files[name]);
  return {
    url,
    headers: gzip ? { ...headers, 'content-encoding': 'gzip' } : headers,
    body: gzip ? gzipSync(plain) : plain,
    grpc,
    tls,
    address: addressOf(url),
  };
}

/** An exporter made by it has a `_delegate`. */
interface Official {
  readonly _delegate?: { readonly _serializer?: Serializer };
  readonly OTLPTraceExporter?: new (options: object) => Exporter & Official;
  readonly OTLPLogExporter?: new (options: object) => Exporter & Official;
}

function createOfficial(official: Official, options: object): Exporter & Official {
  const Created = official.OTLPTraceExporter || official.OTLPLogExporter;
  if (Created === undefined) throw new Error('the installed exporter is of an unknown kind');
  return new Created(options);
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
