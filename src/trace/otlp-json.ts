import type { Arrival } from './receiver-state.ts';

/** Fields that OTLP/JSON writes as hex; all other bytes are base64. */
const hex = new Set(['traceId', 'spanId', 'parentSpanId']);

function plain(key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString(hex.has(key) ? 'hex' : 'base64');
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map((item) => plain('', item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(name, inner)]));
}

/** One export request as a line of OTLP/JSON, as the file exporter of the Collector writes it. */
export function otlpLine({ message }: Pick<Arrival, 'message'>): string {
  return `${JSON.stringify(plain('', message))}\n`;
}
