import type { State } from './receiver-state.ts';
import { RejectedBody } from './rejected-body.ts';

/** The bytes of one request from its first chunk until its records are stored. */
export interface Hold {
  /** Throws when all requests together hold too much; the exporter is asked to come again. */
  add(bytes: number): void;
  release(): void;
}

export function holdBytes(state: State): Hold {
  const { maxPendingBytes } = state.settings;
  let held = 0;
  return {
    add: (bytes) => {
      if (state.pendingBytes + bytes > maxPendingBytes)
        throw new RejectedBody(503, `More than ${maxPendingBytes} bytes are being read already`);
      held += bytes;
      state.pendingBytes += bytes;
    },
    release: () => {
      state.pendingBytes -= held;
      held = 0;
    },
  };
}
