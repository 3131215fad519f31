import type { Root } from 'protobufjs';
import { otlpDescriptor } from './otlp-descriptor.ts';

export type Signal = 'traces' | 'logs' | 'metrics';

const requestTypes: Record<Signal, string> = { traces: 'TracesRequest', logs: 'LogsRequest', metrics: 'MetricsRequest' };

let root: Promise<Root> | undefined;

/** protobufjs costs start-up time, so it is loaded by the first protobuf body. */
async function loadRoot(): Promise<Root> {
  const { default: protobuf } = await import('protobufjs/light.js');
  return protobuf.Root.fromJSON(otlpDescriptor);
}

/** Decodes one export request into the shape of OTLP/JSON, with ids and bytes left as Uint8Array. Throws on anything malformed. */
export async function decodeProtobuf(signal: Signal, body: Uint8Array): Promise<unknown> {
  root ??= loadRoot();
  const type = (await root).lookupType(requestTypes[signal]);
  return type.toObject(type.decode(body), { longs: String });
}

/** Parses one OTLP/JSON export request. */
export function decodeJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
}
