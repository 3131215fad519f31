import type { Signal } from './decode-body.ts';

export type Encoding = 'json' | 'protobuf';

/** Records of an accepted request that there was no room for, and why. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly reason: string;
}

const rejectedKeys: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
};

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))];
}

/** A protobuf field of type bytes, string or message. */
function lengthField(id: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([(id << 3) | 2, ...varint(content.length)]), content]);
}

/** An Export…ServiceResponse; its three kinds have the same field numbers. */
export function encodeResponse(signal: Signal, encoding: Encoding, partial?: PartialSuccess): Buffer {
  if (encoding === 'json') {
    const partialSuccess = partial && { [rejectedKeys[signal]]: String(partial.rejected), errorMessage: partial.reason };
    return Buffer.from(JSON.stringify(partialSuccess ? { partialSuccess } : {}));
  }
  if (!partial) return Buffer.alloc(0);
  return lengthField(1, Buffer.concat([Buffer.from([1 << 3, ...varint(partial.rejected)]), lengthField(2, Buffer.from(partial.reason))]));
}

/** A google.rpc.Status, the body of every refusal. */
export function encodeStatus(message: string, encoding: Encoding): Buffer {
  return encoding === 'json' ? Buffer.from(JSON.stringify({ message })) : lengthField(2, Buffer.from(message));
}
