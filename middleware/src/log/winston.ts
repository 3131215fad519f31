import { whenLoaded } from '../frameworks/loaded';
import { read } from '../frameworks/reader';
import { describeError } from './describe-error';
import { emitLine } from './foreign-line';
import { WINSTON_LEVELS } from './winston-levels';

/** Lines of winston 2: one for each call, after its rewriters and filters, and only when a transport writes it. */
export function watchWinston2(): void {
  whenLoaded('winston/lib/winston/logger.js', (exported) => {
    const prototype: unknown = read(exported, 'Logger', 'prototype');
    // winston 3 has a stream there.
    if (typeof prototype !== 'object' || prototype === null || read(prototype, 'padLevels') !== undefined || read(prototype, 'pipe'))
      return;
    const original: unknown = read(prototype, 'emit');
    if (typeof original !== 'function') return;
    const emit = function emit(this: object, event: unknown, ...args: unknown[]): unknown {
      if (event === 'logged') emitLine(() => lineOf(this, args[0], args[1], args[2]));
      return Reflect.apply(original, this, [event, ...args]);
    };
    Object.defineProperty(prototype, 'emit', { configurable: true, writable: true, value: emit });
  });
}

function lineOf(logger: object, level: unknown, message: unknown, meta: unknown): ReturnType<Parameters<typeof emitLine>[0]> {
  if (typeof level !== 'string' || !isWritten(logger, level)) return undefined;
  const error = meta instanceof Error ? meta : undefined;
  const attributes = error === undefined ? plainOf(meta) : describeError(error);
  return { level: WINSTON_LEVELS[level] || 30, body: String(message), attributes, error };
}

function isWritten(logger: object, level: string): boolean {
  const rank = (name: unknown): number => Number(read(logger, 'levels', String(name)));
  return Object.values(Object(read(logger, 'transports'))).some(
    (transport) => !read(transport, 'silent') && rank(read(transport, 'level') || read(logger, 'level')) >= rank(level),
  );
}

/** Plain values only: more could run code of the program once more. */
function plainOf(meta: unknown): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  if (typeof meta !== 'object' || meta === null) return plain;
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(meta)))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') plain[key] = value;
  return plain;
}
