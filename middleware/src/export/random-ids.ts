import { randomFillSync } from 'crypto';

const fill = randomFillSync;
const pool = Buffer.alloc(4096);
let at = pool.length;

function take(bytes: number): number {
  if (at + bytes > pool.length) {
    fill(pool);
    at = 0;
  }
  at += bytes;
  return at - bytes;
}

function randomHex(bytes: number): string {
  const start = take(bytes);
  const id = pool.toString('hex', start, start + bytes);
  // All zeros are no id.
  return /[^0]/.test(id) ? id : randomHex(bytes);
}

/** Ids of traces and spans. Those of the SDK come from `Math.random`, whose numbers a program that seeds it counts on. */
export const randomIds: { generateTraceId(): string; generateSpanId(): string } = {
  generateTraceId: () => randomHex(16),
  generateSpanId: () => randomHex(8),
};

/** From 0 to 1. */
export function chance(): number {
  return pool.readUInt32LE(take(4)) / 0xffffffff;
}
