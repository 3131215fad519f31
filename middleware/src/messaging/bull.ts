import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { replaceMethod } from './replace';
import { consume, failJob, type Operation, outside, send } from './spans';
import { carrierOf, contextField, FIELD, isObject, takeField } from './stored';

const SYSTEM = 'bull';

/** Bull 3 and 4. The context goes into the options of the job, of which Bull ignores what it does not know. */
export function watchBull(): void {
  atLoad('bull/lib/job.js', ({ exports }) => watchJob(exports));
  atLoad('bull/lib/queue.js', ({ exports }) => watchQueue(read(exports, 'prototype')));
}

function watchJob(job: unknown): void {
  replaceMethod(
    job,
    'create',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const at = typeof args[1] === 'string' ? 3 : 2;
        return cleaned(Reflect.apply(original, this, [...args.slice(0, at), withContext(args[at])]));
      },
  );
  replaceMethod(
    job,
    'createBulk',
    (original) =>
      function (this: unknown, queue: unknown, jobs: unknown) {
        const all = Array.isArray(jobs) ? jobs.map((each) => ({ ...each, opts: withContext(each.opts) })) : jobs;
        return cleaned(Reflect.apply(original, this, [queue, all]));
      },
  );
  replaceMethod(
    job,
    'fromJSON',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const made = Reflect.apply(original, this, args);
        takeField(made, read(made, 'opts'));
        return made;
      },
  );
  replaceMethod(
    read(job, 'prototype'),
    'moveToFailed',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        failJob(this, args[0]);
        return Reflect.apply(original, this, args);
      },
  );
}

/** A job that is repeated starts a trace with each run. */
function withContext(options: unknown): unknown {
  const field = read(options, 'repeat') === undefined && read(options, FIELD) === undefined ? contextField() : undefined;
  return field === undefined ? options : { ...Object(options), [FIELD]: field };
}

/** The program gets its jobs without the field, once they are stored. */
function cleaned(result: unknown): unknown {
  if (!isObject(result) || !('then' in result)) return result;
  return (result as Promise<unknown>).then((made) => {
    for (const job of Array.isArray(made) ? made : [made]) takeField(job, read(job, 'opts'));
    return made;
  });
}

function watchQueue(prototype: unknown): void {
  for (const name of ['add', 'addBulk'])
    replaceMethod(
      prototype,
      name,
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          return send(operationOf(this, name, args[0]), original, this, args, (span, job) => {
            const id = read(job, 'id');
            if (id !== undefined) span.setAttribute('messaging.message.id', String(id));
          });
        },
    );
  replaceMethod(
    prototype,
    'processJob',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [job] = args;
        if (!isObject(job)) return Reflect.apply(original, this, args);
        const attributes = { 'bull.job.name': String(read(job, 'name')), 'bull.job.attempts': Number(read(job, 'attemptsMade')) };
        const operation = { system: SYSTEM, destination: String(read(this, 'name')), name: 'process', id: read(job, 'id'), attributes };
        return consume(operation, carrierOf(job), original, this, args, job);
      },
  );
  // The next job, and the next run of a repeated one, are not the work of this job.
  replaceMethod(
    prototype,
    'nextJobFromJobData',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        return outside(original, this, args);
      },
  );
}

function operationOf(queue: unknown, name: string, first: unknown): Operation {
  const isBulk = Array.isArray(first) && name === 'addBulk';
  return {
    system: SYSTEM,
    destination: String(read(queue, 'name')),
    name,
    ...(isBulk ? { count: first.length } : typeof first === 'string' && { attributes: { 'bull.job.name': first } }),
  };
}
