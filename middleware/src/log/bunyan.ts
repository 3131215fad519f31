import { whenLoaded } from '../frameworks/loaded';
import { read } from '../frameworks/reader';
import { emitLine, fieldsOf } from './foreign-line';
import { idsOfLine } from './line-ids';

type Emit = (this: object, record: object, isOnlyText?: boolean) => unknown;

/** Lines of bunyan 2, which the official instrumentation leaves alone. */
export function watchBunyan(): void {
  whenLoaded('bunyan/lib/bunyan.js', (logger) => {
    const prototype: unknown = read(logger, 'prototype');
    const original: unknown = read(prototype, '_emit');
    if (typeof prototype !== 'object' || prototype === null || typeof original !== 'function') return;
    const emit: Emit = function _emit(record, isOnlyText) {
      if (!isOnlyText) Object.assign(record, idsOfLine());
      const text: unknown = Reflect.apply(original, this, [record, isOnlyText]);
      if (!isOnlyText) emitLine(() => lineOf(this, record, text));
      return text;
    };
    Object.defineProperty(prototype, '_emit', { configurable: true, enumerable: true, writable: true, value: emit });
  });
}

function lineOf(logger: object, record: object, text: unknown): ReturnType<Parameters<typeof emitLine>[0]> {
  const level = Number(read(record, 'level'));
  const streams: unknown = read(logger, 'streams');
  const isWritten = Array.isArray(streams) && streams.some((stream) => Number(read(stream, 'level')) <= level);
  if (!isWritten) return undefined;
  // Raw streams alone make no text; then only plain values are sure to be no getters of the program.
  const fields: Record<string, unknown> = typeof text === 'string' ? JSON.parse(text) : plainOf(record);
  return { level, body: String(fields['msg']), attributes: fieldsOf(fields, 'msg') };
}

function plainOf(record: object): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(record)))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') plain[key] = value;
  return plain;
}
