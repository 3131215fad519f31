import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { type Method, replaceMethod } from './replace';
import { carrierNow, consume, send } from './spans';
import { isObject } from './stored';

const SYSTEM = 'graphile-worker';
/** Flags are names that a job carries and that only a worker which forbids them looks at. */
const FLAG = 'traceparent:';

/** Graphile Worker 0.13 and later: the context is one of the job's flags, which its task does not see. Jobs added by SQL start a trace. */
export function watchGraphileWorker(): void {
  atLoad('graphile-worker/dist/helpers.js', ({ exports }) => {
    replaceMethod(
      exports,
      'makeAddJob',
      (original) =>
        (...args: unknown[]) =>
          followAdd(Reflect.apply(original, undefined, args)),
    );
    replaceMethod(
      exports,
      'makeJobHelpers',
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          hideFlag(args[1]);
          return Reflect.apply(original, this, args);
        },
    );
  });
  atLoad('graphile-worker/dist/worker.js', ({ exports }) => replaceMethod(exports, 'makeNewWorker', followWorker));
}

function followAdd(add: unknown): unknown {
  if (typeof add !== 'function') return add;
  return function addJob(this: unknown, identifier: unknown, payload: unknown, spec: unknown): unknown {
    const call = function (this: unknown): unknown {
      return Reflect.apply(add, this, [identifier, payload, withFlag(spec)]);
    };
    return send({ system: SYSTEM, destination: String(identifier), name: 'addJob' }, call, this, [], (span, job) => {
      span.setAttribute('messaging.message.id', String(read(job, 'id')));
      hideFlag(job);
    });
  };
}

function withFlag(spec: unknown): unknown {
  const carrier = carrierNow();
  if (carrier === undefined) return spec;
  const flags: unknown = read(spec, 'flags');
  return { ...(isObject(spec) && spec), flags: [...(Array.isArray(flags) ? flags : []), FLAG + carrier['traceparent']] };
}

const carriers = new WeakMap<object, unknown>();

/** A job's flags are `{ name: true }`, or null. */
function hideFlag(job: unknown): void {
  const flags: unknown = read(job, 'flags');
  if (!isObject(job) || !isObject(flags)) return;
  const name = Object.keys(flags).find((each) => each.indexOf(FLAG) === 0);
  if (name === undefined) return;
  carriers.set(job, { traceparent: name.slice(FLAG.length) });
  Reflect.deleteProperty(flags, name);
  if (Object.keys(flags).length === 0) Reflect.set(job, 'flags', null);
}

/** The tasks are the third argument's until 0.16, and one of its properties since. */
function followWorker(original: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const tasks: unknown = read(args[1], 'tasks');
    const given = isObject(tasks)
      ? [args[0], { ...Object(args[1]), tasks: followTasks(tasks) }, ...args.slice(2)]
      : [args[0], followTasks(args[1]), ...args.slice(2)];
    return Reflect.apply(original, this, given);
  };
}

function followTasks(tasks: unknown): unknown {
  if (!isObject(tasks)) return tasks;
  const followed: Record<string, unknown> = {};
  for (const [name, task] of Object.entries(tasks)) followed[name] = typeof task === 'function' ? followTask(name, task) : task;
  return followed;
}

function followTask(destination: string, task: Function): Function {
  return function (this: unknown, ...args: unknown[]): unknown {
    const job: unknown = read(args[1], 'job');
    const operation = { system: SYSTEM, destination, name: 'process', id: read(job, 'id') };
    return consume(operation, isObject(job) ? carriers.get(job) : undefined, task as () => unknown, this, args);
  };
}
