import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { read, textOf } from '../frameworks/reader';
import { type Method, replaceMethod } from '../messaging/replace';
import { within } from '../messaging/spans';
import { atLoad } from '../process/at-load';

/** Each run of a schedule is a trace of its own, wherever the schedule was set up; what fails in it is on its span. */
export function mendSchedules(): void {
  atLoad('node-cron/src/task.js', ({ exports }) =>
    replaceMethod(
      read(exports, 'prototype'),
      'execute',
      run('node-cron', () => undefined),
    ),
  );
  atLoad('cron/dist/job.js', ({ exports }) =>
    replaceMethod(
      read(exports, 'CronJob', 'prototype'),
      'fireOnTick',
      run('cron', (job) => read(job, 'name')),
    ),
  );
  atLoad('node-schedule/lib/Job.js', ({ exports }) =>
    replaceMethod(
      read(exports, 'Job', 'prototype'),
      'invoke',
      run('node-schedule', (job) => read(job, 'name')),
    ),
  );
}

function run(library: string, nameOf: (job: unknown) => unknown): (original: Method) => Method {
  return (original) =>
    function (this: unknown, ...args: unknown[]) {
      const name = textOf(nameOf(this));
      // Names that libraries make up hold a time or a count.
      const title = name === undefined || /\d{4,}|<Anonymous/.test(name) ? `run ${library}` : `run ${name}`;
      return within(
        { name: title, kind: SpanKind.INTERNAL, parent: ROOT_CONTEXT, attributes: { 'schedule.library': library } },
        original,
        this,
        args,
      );
    };
}
