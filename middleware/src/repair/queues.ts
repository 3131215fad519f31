import type { Context } from '@opentelemetry/api';
import { activeContext, runner } from '../context-manager';
import { read } from '../frameworks/reader';
import { type Method, replaceMethod } from '../messaging/replace';
import { isObject } from '../messaging/stored';
import { atLoad, type Loaded } from '../process/at-load';
import { bindArgument, bindNow } from './bind';
import { followFastq } from './fastq';

/** Queues inside the process: a task that waits runs in the context of whoever added it, not in that of the task that ended before. */
export function mendQueues(): void {
  atLoad('p-limit/index.js', mendLimit);
  atLoad('p-queue/dist/index.js', ({ exports }) =>
    bindArgument(read(exports, 'default', 'prototype') || read(exports, 'prototype'), 'add', 0),
  );
  atLoad('bottleneck/lib/Job.js', mendBottleneck);
  atLoad('async/dist/async.js', ({ exports }) => {
    for (const all of [exports, read(exports, 'default')])
      for (const name of ['queue', 'priorityQueue']) replaceMethod(all, name, followAsync);
  });
  atLoad('fastq/queue.js', (module) => {
    const { exports } = module;
    if (typeof exports !== 'function') return;
    const queue = followFastq(exports as Method);
    Object.defineProperties(queue, Object.getOwnPropertyDescriptors(exports));
    replaceMethod(queue, 'promise', followFastq);
    module.exports = queue;
  });
}

function mendLimit(module: Loaded): void {
  const { exports } = module;
  if (typeof exports !== 'function') return;
  const pLimit = function pLimit(this: unknown, ...args: unknown[]): unknown {
    const made: unknown = Reflect.apply(exports, this, args);
    if (typeof made !== 'function') return made;
    const limit = (fn: unknown, ...rest: unknown[]): unknown => made(bindNow(fn), ...rest);
    return Object.defineProperties(limit, Object.getOwnPropertyDescriptors(made));
  };
  Object.defineProperties(pLimit, Object.getOwnPropertyDescriptors(exports));
  if (read(exports, 'default') === exports)
    Object.defineProperty(pLimit, 'default', { configurable: true, enumerable: true, writable: true, value: pLimit });
  module.exports = pLimit;
}

type JobClass = new (...args: unknown[]) => object;

/** A job is made in the call that schedules it. */
function mendBottleneck(module: Loaded): void {
  if (typeof module.exports !== 'function') return;
  const Original = module.exports as JobClass;
  module.exports = class Job extends Original {
    constructor(task: unknown, ...rest: unknown[]) {
      super(bindNow(task), ...rest);
    }
  };
}

/** Queues of async keep a node for each task, and hand it out right before the worker gets its data. */
function followAsync(original: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const [worker] = args;
    if (typeof worker !== 'function') return Reflect.apply(original, this, args);
    const contexts = new WeakMap<object, Context>();
    let next: Context | undefined;
    const run = function (this: unknown, given: unknown[]): unknown {
      const context = next;
      next = undefined;
      return context === undefined ? Reflect.apply(worker, this, given) : runner.run(context, Reflect.apply, worker, this, given);
    };
    // The library asks whether a worker is an async function.
    const isAsync = Object.prototype.toString.call(worker) === '[object AsyncFunction]';
    const followed = isAsync
      ? async function (this: unknown, ...given: unknown[]) {
          return run.call(this, given);
        }
      : function (this: unknown, ...given: unknown[]) {
          return run.call(this, given);
        };
    const queue: unknown = Reflect.apply(original, this, [followed, ...args.slice(1)]);
    const tasks: unknown = read(queue, '_tasks');
    for (const name of ['push', 'unshift'])
      own(
        tasks,
        name,
        (add) =>
          function (this: unknown, ...nodes: unknown[]) {
            if (isObject(nodes[0])) contexts.set(nodes[0], activeContext());
            return Reflect.apply(add, this, nodes);
          },
      );
    own(
      tasks,
      'shift',
      (shift) =>
        function (this: unknown, ...none: unknown[]) {
          const node: unknown = Reflect.apply(shift, this, none);
          next = isObject(node) ? contexts.get(node) : undefined;
          return node;
        },
    );
    return queue;
  };
}

/** A method of this one object, where its class has it. */
function own(object: unknown, name: string, make: (original: Method) => Method): void {
  const original: unknown = read(object, name);
  if (isObject(object) && typeof original === 'function')
    Object.defineProperty(object, name, { configurable: true, enumerable: false, writable: true, value: make(original as Method) });
}
