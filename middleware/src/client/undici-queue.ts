import Module = require('module');

import type { Context } from '@opentelemetry/api';
import { activeContext } from '../context-manager';

interface Item {
  readonly handler?: unknown;
}

interface Queue {
  push(item: Item): unknown;
}

type Modules = Record<string, { readonly exports?: { readonly prototype?: Queue } } | undefined>;

const QUEUE = /[\\/]undici[\\/]lib[\\/](?:node|dispatcher)[\\/]fixed-queue\.js$/;

/** Who waits, by the handler that undici keeps for each call. */
const waiting = new WeakMap<object, Context>();
const watched = new WeakSet<object>();
/** Under which symbol the requests of a copy of undici keep their handler; asked for with the first request of each. */
const keys = new WeakMap<Function, symbol>();

/**
 * The context of a call that stood in the queue of a pool (up to undici 7): it becomes a request when a connection is free, in the context of
 * the call before it. Undefined when it did not wait.
 */
export function contextOfQueued(request: object): Context | undefined {
  let key = keys.get(request.constructor);
  if (key === undefined) {
    key = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'handler') || Symbol('none');
    keys.set(request.constructor, key);
    // Nobody has waited yet: this copy has made no request before.
    watchQueues();
  }
  const handler: unknown = Reflect.get(request, key);
  return typeof handler === 'object' && handler !== null ? waiting.get(handler) : undefined;
}

/** undici publishes nothing when a call has to wait, and does not export its queue. */
function watchQueues(): void {
  const { _cache = {} }: { _cache?: Modules } = Module as object;
  for (const file of Object.keys(_cache)) {
    const { prototype = undefined } = (QUEUE.test(file) && (_cache[file] || {}).exports) || {};
    if (prototype === undefined || watched.has(prototype) || typeof prototype.push !== 'function') continue;
    watched.add(prototype);
    const original = prototype.push;
    const push = function push(this: Queue, item: Item): unknown {
      const handler = item && item.handler;
      if (typeof handler === 'object' && handler !== null) waiting.set(handler, activeContext());
      return original.call(this, item);
    };
    Object.defineProperty(prototype, 'push', { ...Object.getOwnPropertyDescriptor(prototype, 'push'), value: push });
  }
}
