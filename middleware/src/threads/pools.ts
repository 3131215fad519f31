import type { Context } from '@opentelemetry/api';
import { AsyncResource } from 'async_hooks';
import { activeContext, runner } from '../context-manager';
import { read } from '../frameworks/reader';
import { type Method, replaceMethod } from '../messaging/replace';
import { isObject } from '../messaging/stored';
import { atLoad } from '../process/at-load';
import { sendAs } from './link';

/** Pools keep tasks until a thread is free: what is posted then belongs to whoever gave the task, not to the task that has just ended. */
export function watchPools(): void {
  watchPiscina();
  watchWorkerpool();
  watchJestWorker();
}

/** Piscina 4 and 5. Its tasks remember where they were made. */
function watchPiscina(): void {
  atLoad('piscina/dist/worker_pool/index.js', ({ exports }) =>
    replaceMethod(
      read(exports, 'WorkerInfo', 'prototype'),
      'postTask',
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          const [task] = args;
          return task instanceof AsyncResource ? task.runInAsyncScope(original, this, ...args) : Reflect.apply(original, this, args);
        },
    ),
  );
}

/** A task is a promise made in the call of the program, and a request that may wait until its thread is ready. */
function watchWorkerpool(): void {
  const contexts = new WeakMap<object, Context>();
  atLoad('workerpool/src/Promise.js', ({ exports }) => {
    for (const owner of [exports, read(exports, 'Promise')])
      replaceMethod(
        owner,
        'defer',
        (original) =>
          function (this: unknown, ...args: unknown[]) {
            const made = Reflect.apply(original, this, args);
            if (isObject(made)) contexts.set(made, activeContext());
            return made;
          },
      );
  });
  atLoad('workerpool/src/WorkerHandler.js', ({ exports }) =>
    replaceMethod(
      read(exports, 'prototype'),
      'exec',
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          const context = isObject(args[2]) ? contexts.get(args[2]) : undefined;
          if (context === undefined) return Reflect.apply(original, this, args);
          const result = runner.run(context, Reflect.apply, original, this, args);
          const queue: unknown = read(this, 'requestQueue');
          if (Array.isArray(queue) && queue.length > 0) keepWaiting(queue, context);
          return result;
        },
    ),
  );
}

function keepWaiting(queue: readonly unknown[], context: Context): void {
  sendAs(read(queue[queue.length - 1], 'message'), context);
}

function watchJestWorker(): void {
  const enqueue = (original: Method): Method =>
    function (this: unknown, ...args: unknown[]) {
      sendAs(read(args[0], 'request'), activeContext());
      return Reflect.apply(original, this, args);
    };
  atLoad('jest-worker/build/index.js', ({ exports }) => {
    for (const name of ['FifoQueue', 'PriorityQueue']) replaceMethod(read(exports, name, 'prototype'), 'enqueue', enqueue);
  });
}
