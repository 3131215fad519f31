import { runner } from '../context-manager';
import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { withBootstrapFlag } from '../process/bootstrap-file';
import { currentRuntime } from '../runtime';
import { replaceMethod } from './replace';
import { contextFrom } from './spans';
import { carrierOf, isObject } from './stored';

/**
 * A processor that is a file runs in a process or thread whose entry is a file of BullMQ, so no first line of the program starts tracing there:
 * it is started with the bootstrap. The job carries the CONSUMER span of the worker along, and what the file calls is below that.
 */
export function watchSandbox(take: (job: object) => void): void {
  for (const build of ['cjs', 'esm']) {
    const file = (name: string): string => `bullmq/dist/${build}/classes/${name}.js`;
    atLoad(file('child'), ({ exports }) =>
      replaceMethod(
        read(exports, 'Child', 'prototype'),
        'init',
        (original) =>
          function (this: unknown, ...args: unknown[]) {
            return withBootstrapFlag(() => Reflect.apply(original, this, args));
          },
      ),
    );
    atLoad(file('child-processor'), ({ exports }) =>
      replaceMethod(
        read(exports, 'ChildProcessor', 'prototype'),
        'start',
        (original) =>
          function (this: unknown, ...args: unknown[]) {
            const [json] = args;
            if (!isObject(json)) return Reflect.apply(original, this, args);
            take(json);
            const started = runner.run(contextFrom(carrierOf(json)), Reflect.apply, original, this, args);
            sendAfter(read(this, 'currentJobPromise'));
            return started;
          },
      ),
    );
  }
}

/** Milliseconds in which more jobs may end before what they left is sent. */
const PAUSE = 100;
let timer: NodeJS.Timeout | undefined;

/** When the worker ends it kills this process, which can say nothing any more. */
function sendAfter(job: unknown): void {
  const runtime = currentRuntime();
  if (runtime === undefined || !(job instanceof Promise)) return;
  const later = (): void => {
    if (timer !== undefined) clearTimeout(timer);
    timer = setTimeout(() => runtime.flush(), PAUSE);
    timer.unref();
  };
  job.then(later, later);
}
