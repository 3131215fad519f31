import type { Context } from '@opentelemetry/api';
import type { EventEmitter } from 'events';
import { activeContext, runner } from '../context-manager';

export type Emit = EventEmitter['emit'];

/** Whose `emit` ran until now; an inherited one is looked up at every event, because `domain` replaces it when the app loads it. */
export function emitterOf(emitter: EventEmitter): { readonly emit: Emit } {
  const { emit } = emitter;
  // biome-ignore lint/suspicious/noPrototypeBuiltins: Object.hasOwn came with Node 16.9
  return Object.prototype.hasOwnProperty.call(emitter, 'emit') ? { emit } : Object.getPrototypeOf(emitter);
}

const below = new WeakMap<Function, { readonly emit: Emit }>();

/** Says that an `emit` of ours only looks at other events than requests. */
export function passRequests(emit: Emit, original: { readonly emit: Emit }): void {
  below.set(emit, original);
}

/** What such an `emit` would call for a request: one frame less between the program and Node. */
export function emitBelow(emit: Emit): Emit {
  const original = below.get(emit);
  return original === undefined ? emit : original.emit;
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

/** Sees an event of a message first and answers in which context its listeners run; undefined when the message is none of ours. */
export type Follow<Message> = (message: Message, event: unknown, value: unknown) => Context | undefined;

const followed = new WeakMap<EventEmitter, Follow<EventEmitter>[]>();

/**
 * Runs the listeners of every event of these emitters where they belong. One `emit` per prototype, whoever follows it: what comes in over http
 * is a request to this program or an answer to one of its own. An error that a listener throws is not caught on its way.
 */
export function follow<Message extends EventEmitter>(emitter: Message, one: Follow<Message>, enumerable = true): void {
  const known = followed.get(emitter);
  if (known !== undefined) {
    known.push(one as Follow<EventEmitter>);
    return;
  }
  const all = [one as Follow<EventEmitter>];
  followed.set(emitter, all);
  const original = emitterOf(emitter);
  replaceEmit<EventEmitter>(
    emitter,
    function emit(event, value) {
      let context: Context | undefined;
      for (let at = 0; context === undefined && at < all.length; at++) context = (all[at] as Follow<EventEmitter>)(this, event, value);
      // biome-ignore lint/complexity/noArguments: forwards without allocating an array per event
      const args = arguments;
      if (context === undefined || this.listenerCount(event) === 0 || activeContext() === context)
        return Reflect.apply(original.emit, this, args);
      return runner.run(context, Reflect.apply, original.emit, this, args) as boolean;
    },
    enumerable,
  );
}
