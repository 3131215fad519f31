import { readFileSync } from 'fs';
import { readNumber, readPairs, readText } from '../environment';
import { SCOPE } from '../version';

export type Signal = 'traces' | 'logs';
export type Protocol = 'http/protobuf' | 'http/json' | 'grpc';
type Warn = (text: string) => void;

export function readProtocol(signal: Signal, warn: Warn): Protocol {
  const text = readSetting(signal, 'PROTOCOL') || 'http/protobuf';
  if (text === 'http/protobuf' || text === 'http/json' || text === 'grpc') return text;
  warn(`OTEL_EXPORTER_OTLP_PROTOCOL=${text} is not known, http/protobuf is used`);
  return 'http/protobuf';
}

export function endpointOf(signal: Signal, protocol: Protocol): string {
  const own = readText(name(signal, 'ENDPOINT'));
  if (own !== undefined) return own;
  const base = readText('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (protocol === 'grpc') return base || 'http://localhost:4317';
  return `${(base || 'http://localhost:4318').replace(/\/+$/, '')}/v1/${signal}`;
}

/** The shorter one of the two limits the standard has for the same thing; three seconds at most when none is set. */
export function readTimeout(signal: Signal): number {
  const own = readNumber(name(signal, 'TIMEOUT'), 1) ?? readNumber('OTEL_EXPORTER_OTLP_TIMEOUT', 1);
  const batch = readNumber(signal === 'traces' ? 'OTEL_BSP_EXPORT_TIMEOUT' : 'OTEL_BLRP_EXPORT_TIMEOUT', 1);
  return Math.min(own ?? 3000, batch ?? Number.MAX_SAFE_INTEGER);
}

const contentTypes = { 'http/protobuf': 'application/x-protobuf', 'http/json': 'application/json', grpc: 'application/grpc' };

export function readHeaders(signal: Signal, protocol: Protocol): Record<string, string> {
  return {
    'user-agent': `tracewright-middleware/${SCOPE.version}`,
    ...readPairs('OTEL_EXPORTER_OTLP_HEADERS'),
    ...readPairs(name(signal, 'HEADERS')),
    'content-type': contentTypes[protocol],
  };
}

/** Files of the user's own certificate authority and client certificate. */
export function readTls(signal: Signal): Record<string, Buffer> {
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

export function readSetting(signal: Signal, setting: string): string | undefined {
  return readText(name(signal, setting)) || readText(`OTEL_EXPORTER_OTLP_${setting}`);
}

function name(signal: Signal, setting: string): string {
  return `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${setting}`;
}
