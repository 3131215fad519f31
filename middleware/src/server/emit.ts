import type { Context } from '@opentelemetry/api';
import type { EventEmitter } from 'events';
import { activeContext, exchange, ownsContext, runner } from '../context-manager';

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

/**
 * Node reads `emit` right before each event. Where `choose` answers with what was there before, no frame of ours stands between Node and the
 * listeners; else `emit` is called. Who reads it from the prototype, to put another one in its place, gets `emit`.
 */
export function offerEmit<This extends EventEmitter>(
  prototype: EventEmitter,
  emit: (this: This, event: string | symbol, first?: unknown, second?: unknown) => boolean,
  choose: (emitter: This) => Emit | undefined,
): void {
  replaceEmit(prototype, emit);
  Object.defineProperty(prototype, 'emit', {
    get(this: This) {
      return ((this as EventEmitter) !== prototype && choose(this)) || emit;
    },
    set(this: EventEmitter, value: unknown) {
      Object.defineProperty(this, 'emit', { configurable: true, enumerable: true, writable: true, value });
    },
  });
}

/** Sees an event of a message first and answers in which context its listeners run; undefined when the message is none of ours. */
export type Follow<Message> = (message: Message, event: unknown, value: unknown) => Context | undefined;

/** Whether the listeners of the event that comes next may be called without `Follow`: the context is theirs and there is nothing to see. */
export type Passes<Message> = (message: Message) => boolean;

interface Follower {
  readonly follow: Follow<EventEmitter>;
  readonly passes: Passes<EventEmitter>;
}

const followed = new WeakMap<EventEmitter, Follower[]>();

/**
 * Runs the listeners of every event of these emitters where they belong. One `emit` per prototype, whoever follows it: what comes in over http
 * is a request to this program or an answer to one of its own. An error that a listener throws is not caught on its way.
 */
export function follow<Message extends EventEmitter>(
  emitter: Message,
  one: Follow<Message>,
  passes: Passes<Message> = () => false,
  isPrototype = true,
): void {
  const follower = { follow: one, passes } as Follower;
  const known = followed.get(emitter);
  if (known !== undefined) {
    known.push(follower);
    return;
  }
  const all = [follower];
  followed.set(emitter, all);
  const original = emitterOf(emitter);
  const emit = function emit(this: EventEmitter, event: string | symbol, value?: unknown): boolean {
    let context: Context | undefined;
    for (let at = 0; context === undefined && at < all.length; at++) context = (all[at] as Follower).follow(this, event, value);
    // biome-ignore lint/complexity/noArguments: forwards without allocating an array per event
    const args = arguments;
    if (context === undefined || this.listenerCount(event) === 0 || activeContext() === context)
      return Reflect.apply(original.emit, this, args);
    if (!ownsContext()) return runner.run(context, Reflect.apply, original.emit, this, args) as boolean;
    const before = exchange(context);
    try {
      return Reflect.apply(original.emit, this, args);
    } finally {
      exchange(before);
    }
  };
  if (isPrototype) offerEmit(emitter, emit, (message) => (pass(all, message) ? original.emit : undefined));
  else replaceEmit(emitter, emit, false);
}

function pass(all: readonly Follower[], message: EventEmitter): boolean {
  for (let at = 0; at < all.length; at++) if ((all[at] as Follower).passes(message)) return true;
  return false;
}
