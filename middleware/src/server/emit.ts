import type { EventEmitter } from 'events';

export type Emit = EventEmitter['emit'];

/** Whose `emit` ran until now; an inherited one is looked up at every event, because `domain` replaces it when the app loads it. */
export function emitterOf(emitter: EventEmitter): { readonly emit: Emit } {
  const { emit } = emitter;
  // biome-ignore lint/suspicious/noPrototypeBuiltins: Object.hasOwn came with Node 16.9
  return Object.prototype.hasOwnProperty.call(emitter, 'emit') ? { emit } : Object.getPrototypeOf(emitter);
}

/** Puts an `emit` in the place of the one before; it says the same of itself. */
export function replaceEmit<This>(
  emitter: EventEmitter,
  emit: (this: This, event: string | symbol, first?: unknown, second?: unknown) => boolean,
  enumerable = true,
): void {
  Object.defineProperty(emit, 'length', { configurable: true, value: emitter.emit.length });
  Object.defineProperty(emitter, 'emit', { configurable: true, enumerable, writable: true, value: emit });
}
