import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { replaceMethod } from './replace';
import { consume, failJob, send } from './spans';
import { carrierOf, contextField, FIELD, fieldOf, isObject, takeField } from './stored';

const SYSTEM = 'bee-queue';

/** Bee-Queue 1 and 2. The context goes into the options of the job, of which it ignores what it does not know. */
export function watchBeeQueue(): void {
  atLoad('bee-queue/lib/job.js', ({ exports }) => watchJob(exports));
  atLoad('bee-queue/lib/queue.js', ({ exports }) => watchQueue(read(exports, 'prototype')));
}

function watchJob(job: unknown): void {
  const prototype = read(job, 'prototype');
  replaceMethod(
    prototype,
    'save',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const destination = String(read(this, 'queue', 'name'));
        return send({ system: SYSTEM, destination, name: 'save' }, original, this, args, (span, saved) => {
          const id = read(saved, 'id');
          if (id !== undefined) span.setAttribute('messaging.message.id', String(id));
        });
      },
  );
  // A job that has been tried is stored as a whole again, for the next try.
  replaceMethod(
    prototype,
    'toData',
    (original) =>
      function (this: object, ...args: unknown[]) {
        const options = read(this, 'options');
        const field = fieldOf(this) || (read(this, 'status') === 'created' ? contextField() : undefined);
        if (field === undefined || !isObject(options)) return Reflect.apply(original, this, args);
        Reflect.set(this, 'options', { ...options, [FIELD]: field });
        try {
          return Reflect.apply(original, this, args);
        } finally {
          Reflect.set(this, 'options', options);
        }
      },
  );
  replaceMethod(
    job,
    'fromData',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const made = Reflect.apply(original, this, args);
        takeField(made, read(made, 'options'));
        return made;
      },
  );
}

function watchQueue(prototype: unknown): void {
  replaceMethod(
    prototype,
    '_runJob',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [job] = args;
        if (!isObject(job)) return Reflect.apply(original, this, args);
        const operation = { system: SYSTEM, destination: String(read(this, 'name')), name: 'process', id: read(job, 'id') };
        return consume(operation, carrierOf(job), original, this, args, job);
      },
  );
  replaceMethod(
    prototype,
    '_finishJob',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [error, , job] = args;
        if (error) failJob(job, error);
        return Reflect.apply(original, this, args);
      },
  );
}
