import { createRequire } from 'module';
import { join } from 'path';
import { readPairs } from './environment';
import type { Signal } from './exporter';

/** One encoded export request. */
export interface Parcel {
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Base64. */
  readonly body: string;
}

interface Serializer {
  serializeRequest(items: unknown[]): Uint8Array | undefined;
}

const DELIVERY_CAP = 1000;

/** Encodes with the serializer the exporter itself uses. */
export function createEncoder(signal: Signal, protocol: 'http/protobuf' | 'http/json', url: string): (items: unknown[]) => Parcel {
  return (items) => {
    const json = protocol === 'http/json';
    const exporter = `@opentelemetry/exporter-${signal === 'traces' ? 'trace' : 'logs'}-otlp-${json ? 'http' : 'proto'}`;
    const transformer: Record<string, Serializer | undefined> = createRequire(require.resolve(exporter))('@opentelemetry/otlp-transformer');
    const serializer = transformer[`${json ? 'Json' : 'Protobuf'}${signal === 'traces' ? 'Trace' : 'Logs'}Serializer`];
    const bytes = serializer && serializer.serializeRequest(items);
    const headers = {
      ...readPairs('OTEL_EXPORTER_OTLP_HEADERS'),
      ...readPairs(`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_HEADERS`),
      'content-type': json ? 'application/json' : 'application/x-protobuf',
    };
    return { url, headers, body: Buffer.from(bytes || []).toString('base64') };
  };
}

/** Sends while this process is already exiting and can do nothing asynchronous itself. One second at most. */
export function deliver(parcels: readonly Parcel[]): void {
  if (parcels.length === 0 || !isPlainNode()) return;
  // Loaded here, because it is a noticeable part of the start-up and few processes ever need it.
  const { spawnSync } = require('child_process') as typeof import('child_process');
  spawnSync(process.execPath, [join(__dirname, 'deliver.js')], {
    env: {},
    input: JSON.stringify(parcels),
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: DELIVERY_CAP,
    windowsHide: true,
  });
}

/** Elsewhere execPath may be the application itself. */
function isPlainNode(): boolean {
  const versions: Record<string, string | undefined> = process.versions;
  return (
    process.release.name === 'node' &&
    !versions['electron'] &&
    !versions['bun'] &&
    !('pkg' in process) &&
    /node(?:\.exe)?$/.test(process.execPath)
  );
}
