import type { Context } from '@opentelemetry/api';
import { activeContext, runner } from '../context-manager';
import type { Method } from '../messaging/replace';
import { isObject } from '../messaging/stored';

/**
 * fastq gives nothing away of its tasks, so a list beside its own keeps who waits: what a `push` does not start at once is at the end of both,
 * and what starts by itself is at their head.
 */
export function followFastq(original: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const at = typeof args[0] === 'function' ? 0 : 1;
    const worker = args[at];
    if (typeof worker !== 'function') return Reflect.apply(original, this, args);
    const waiting: Context[] = [];
    let isAdding = false;
    let hasStarted = false;
    args[at] = function (this: unknown, ...given: unknown[]): unknown {
      const isOwn = isAdding;
      if (isOwn) hasStarted = true;
      isAdding = false;
      const context = isOwn ? undefined : waiting.shift();
      return context === undefined ? Reflect.apply(worker, this, given) : runner.run(context, Reflect.apply, worker, this, given);
    };
    const queue: unknown = Reflect.apply(original, this, args);
    if (!isObject(queue)) return queue;
    const add = (name: 'push' | 'unshift'): void => {
      const method: unknown = Reflect.get(queue, name);
      if (typeof method !== 'function') return;
      Reflect.set(queue, name, function (this: unknown, ...given: unknown[]): unknown {
        const outer = [isAdding, hasStarted] as const;
        [isAdding, hasStarted] = [true, false];
        try {
          return Reflect.apply(method, this, given);
        } finally {
          if (!hasStarted) waiting[name](activeContext());
          [isAdding, hasStarted] = outer;
        }
      });
    };
    add('push');
    add('unshift');
    for (const name of ['kill', 'killAndDrain', 'abort']) {
      const method: unknown = Reflect.get(queue, name);
      if (typeof method !== 'function') continue;
      Reflect.set(queue, name, function (this: unknown, ...given: unknown[]): unknown {
        waiting.length = 0;
        return Reflect.apply(method, this, given);
      });
    }
    return queue;
  };
}
