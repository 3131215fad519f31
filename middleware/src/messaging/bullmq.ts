import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { watchSandbox } from './bullmq-sandbox';
import { type Method, replaceMethod } from './replace';
import { consume, failJob, type Operation, outside, send } from './spans';
import { carrierOf, contextField, FIELD, isObject, noteField, takeField } from './stored';

const SYSTEM = 'bullmq';

/**
 * BullMQ 3 to 6. The context goes where its own telemetry (since 5.13) puts it, into the options of the job, which no version hands to the
 * program as data. Queues and workers to which the program gave that telemetry are left to it.
 */
export function watchBullMq(): void {
  watchSandbox(takeContext);
  for (const build of ['cjs', 'esm']) {
    const file = (name: string): string => `bullmq/dist/${build}/classes/${name}.js`;
    atLoad(file('job'), ({ exports }) => watchJob(read(exports, 'Job')));
    atLoad(file('queue'), ({ exports }) => watchProducer(read(exports, 'Queue', 'prototype'), queueOf));
    atLoad(file('flow-producer'), ({ exports }) => watchProducer(read(exports, 'FlowProducer', 'prototype'), flowOf));
    atLoad(file('worker'), ({ exports }) => watchWorker(read(exports, 'Worker', 'prototype')));
  }
}

type Describe = (self: unknown, first: unknown) => Operation;

const queueOf: Describe = (queue, first) => {
  const isBulk = Array.isArray(first);
  return {
    system: SYSTEM,
    destination: String(read(queue, 'name')),
    name: isBulk ? 'addBulk' : 'add',
    ...(isBulk ? { count: first.length } : typeof first === 'string' && { attributes: { 'bullmq.job.name': first } }),
  };
};

const flowOf: Describe = (_producer, first) => {
  const flows = Array.isArray(first) ? first : [first];
  return { system: SYSTEM, destination: String(read(flows[0], 'queueName')), name: 'add flow', count: flows.length };
};

function watchProducer(prototype: unknown, describe: Describe): void {
  for (const name of ['add', 'addBulk'])
    replaceMethod(
      prototype,
      name,
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          if (hasTelemetry(this)) return Reflect.apply(original, this, args);
          return send(describe(this, args[0]), original, this, args, (span, job) => {
            const id = read(job, 'id');
            if (typeof id === 'string') span.setAttribute('messaging.message.id', id);
          });
        },
    );
}

/** Whether a job's record is being written, or handed to a child process. */
let written: 'no' | 'stored' | 'handed' = 'no';

function watchJob(job: unknown): void {
  const prototype = read(job, 'prototype');
  const isDecoded = read(job, 'optsAsJSON') === undefined && read(prototype, 'optsAsJSON') === undefined;
  const write = (original: Method, where: 'stored' | 'handed' = 'stored'): Method =>
    function (this: unknown, ...args: unknown[]) {
      const before = written;
      written = where;
      try {
        return Reflect.apply(original, this, args);
      } finally {
        written = before;
      }
    };
  for (const name of ['create', 'createBulk']) replaceMethod(job, name, (original) => write(original));
  for (const name of ['addJob', 'toFlowEntry']) replaceMethod(prototype, name, (original) => write(original));
  replaceMethod(prototype, 'asJSONSandbox', (original) => write(original, 'handed'));
  replaceMethod(
    prototype,
    'asJSON',
    (original) =>
      function (this: unknown) {
        const json = Reflect.apply(original, this, []);
        if (written !== 'no' && !hasTelemetry(read(this, 'queue'))) putContext(json, isDecoded);
        return json;
      },
  );
  replaceMethod(
    job,
    'fromJSON',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const made = Reflect.apply(original, this, args);
        if (isObject(made) && !hasTelemetry(args[0])) takeContext(made);
        return made;
      },
  );
}

/** Version 6 encodes the options later, where they are stored. A job that is repeated starts a trace with each run. */
function putContext(json: unknown, isDecoded: boolean): void {
  const opts: unknown = read(json, 'opts');
  if (!isObject(opts) || (written === 'stored' && read(opts, 'repeat') !== undefined)) return;
  const telemetry: unknown = read(opts, 'telemetry');
  if (read(opts, FIELD) !== undefined || read(opts, 'omc') || read(telemetry, 'metadata') !== undefined || read(telemetry, 'omitContext'))
    return;
  const field = contextField();
  if (field === undefined) return;
  Reflect.set(Object(json), 'opts', { ...opts, ...(isDecoded ? { telemetry: { metadata: field } } : { [FIELD]: field }) });
}

function takeContext(job: object): void {
  const opts = read(job, 'opts');
  takeField(job, opts);
  if (noteField(job, read(opts, 'telemetry', 'metadata'))) Reflect.deleteProperty(Object(opts), 'telemetry');
}

function watchWorker(prototype: unknown): void {
  replaceMethod(prototype, 'processJob', (original) => {
    // Up to version 4 a job that comes while the worker closes goes back.
    const mayLeave = /!job \|\| this\.closing/.test(String(original));
    return function (this: unknown, ...args: unknown[]) {
      const [job] = args;
      const isLeft = !isObject(job) || (mayLeave && Boolean(read(this, 'closing') || read(this, 'paused')));
      if (isLeft || hasTelemetry(this)) return Reflect.apply(original, this, args);
      return consume(jobOf(this, job), carrierOf(job), original, this, args, job);
    };
  });
  // What a job fails with is caught before `processJob` returns.
  replaceMethod(
    prototype,
    'callProcessJob',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        return hasTelemetry(this) ? Reflect.apply(original, this, args) : noteFailure(args[0], original, this, args);
      },
  );
  // The next job, and the next run of a repeated one, are not the work of this job.
  replaceMethod(
    prototype,
    'nextJobFromJobData',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        return hasTelemetry(this) ? Reflect.apply(original, this, args) : outside(original, this, args);
      },
  );
}

function noteFailure(job: unknown, original: Method, self: unknown, args: unknown[]): unknown {
  const note = (error: unknown): never => {
    if (!isReturned(error)) failJob(job, error);
    throw error;
  };
  try {
    const result: unknown = Reflect.apply(original, self, args);
    return result instanceof Promise ? result.catch(note) : result;
  } catch (error) {
    return note(error);
  }
}

/** The job goes back into the queue by its own wish. */
function isReturned(error: unknown): boolean {
  const name = read(error, 'name');
  return (
    name === 'DelayedError' ||
    name === 'WaitingError' ||
    name === 'WaitingChildrenError' ||
    /^bullmq:rateLimit/.test(String(read(error, 'message')))
  );
}

function jobOf(worker: unknown, job: unknown): Operation {
  const attempts = read(job, 'attemptsMade');
  return {
    system: SYSTEM,
    destination: String(read(worker, 'name')),
    name: 'process',
    id: read(job, 'id'),
    attributes: { 'bullmq.job.name': String(read(job, 'name')), ...(typeof attempts === 'number' && { 'bullmq.job.attempts': attempts }) },
  };
}

function hasTelemetry(self: unknown): boolean {
  return Boolean(read(self, 'opts', 'telemetry') || read(self, 'telemetry'));
}
