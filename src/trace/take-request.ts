import type { Encoding, PartialSuccess } from './answers.ts';
import { decodeJson, decodeProtobuf, type Signal } from './decode-body.ts';
import { countMetrics, readLogs, readSpans } from './read-otlp.ts';
import type { State } from './receiver-state.ts';
import { RejectedBody } from './rejected-body.ts';

function keep<T>(into: T[], records: readonly T[], room: number): number {
  const kept = records.slice(0, Math.max(0, room));
  for (const record of kept) into.push(record);
  return records.length - kept.length;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Nothing of a request is kept when one of its records is malformed. */
function read(
  signal: Signal,
  message: unknown,
): { spans: ReturnType<typeof readSpans>; logs: ReturnType<typeof readLogs>; metrics: number } {
  return {
    spans: signal === 'traces' ? readSpans(message) : [],
    logs: signal === 'logs' ? readLogs(message) : [],
    metrics: signal === 'metrics' ? countMetrics(message) : 0,
  };
}

/** Decodes one unpacked export request and hands it to the listener, or keeps what there is room for and says what was not. Throws RejectedBody. */
export async function takeRequest(state: State, signal: Signal, body: Uint8Array, encoding: Encoding): Promise<PartialSuccess | undefined> {
  let message: unknown;
  let records: ReturnType<typeof read>;
  try {
    message = encoding === 'protobuf' ? await decodeProtobuf(signal, body) : decodeJson(body);
    records = read(signal, message);
  } catch (cause) {
    throw new RejectedBody(400, `Not an OTLP ${signal} request: ${reasonOf(cause)}`, { cause });
  }
  state.metrics += records.metrics;
  const { listener, maxRecords, maxBytes } = state.settings;
  if (listener) {
    listener({ signal, message, spans: records.spans, logs: records.logs, bytes: body.length });
    return undefined;
  }
  const isFull = state.keptBytes + body.length > maxBytes;
  if (!isFull) state.keptBytes += body.length;
  const spans = keep(state.spans, records.spans, isFull ? 0 : maxRecords - state.spans.length);
  const logs = keep(state.logs, records.logs, isFull ? 0 : maxRecords - state.logs.length);
  state.drops.spans += spans;
  state.drops.logs += logs;
  const limit = isFull ? `${maxBytes} bytes` : `${maxRecords} records`;
  return spans + logs === 0 ? undefined : { rejected: spans + logs, reason: `The receiver is full: it keeps ${limit}` };
}
