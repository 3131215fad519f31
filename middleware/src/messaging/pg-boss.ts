import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { type Method, replaceMethod } from './replace';
import { carrierNow, consume, type Operation, send } from './spans';

const SYSTEM = 'pg-boss';
/** As many as a busy process may have waiting for its own workers. */
const KEPT = 10_000;

/**
 * pg-boss 9 and 10: its table has no place for a context that is not data. A job that is worked on by the process
 * that sent it is in the trace of its sender; another process starts a trace. Version 12 has telemetry of its own.
 */
export function watchPgBoss(): void {
  atLoad('pg-boss/src/manager.js', ({ exports }) => watchManager(exports));
  atLoad('pg-boss/src/attorney.js', ({ exports }) => {
    for (const name of ['checkWorkArgs', 'checkSubscribeArgs']) replaceMethod(exports, name, followWork);
  });
}

/** By job. Old ones go first. */
const sent = new Map<string, Record<string, string>>();

function watchManager(manager: unknown): void {
  replaceMethod(
    read(manager, 'prototype'),
    'createJob',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        let carrier: Record<string, string> | undefined;
        const create = function (this: unknown, ...given: unknown[]): unknown {
          carrier = carrierNow();
          return Reflect.apply(original, this, given);
        };
        // Its own upkeep.
        if (isInternal(args[0])) return Reflect.apply(original, this, args);
        return send({ system: SYSTEM, destination: String(args[0]), name: 'send' }, create, this, args, (span, id) => {
          if (typeof id !== 'string') return;
          span.setAttribute('messaging.message.id', id);
          if (carrier !== undefined) remember(id, carrier);
        });
      },
  );
}

function remember(id: string, carrier: Record<string, string>): void {
  const [oldest] = sent.keys();
  if (sent.size >= KEPT && oldest !== undefined) sent.delete(oldest);
  sent.set(id, carrier);
}

function isInternal(name: unknown): boolean {
  return /^__(?:pgboss|state)/.test(String(name));
}

/** The arguments of `work`, once they are checked, hold what works on the jobs. */
function followWork(original: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const checked: unknown = Reflect.apply(original, this, args);
    const callback: unknown = read(checked, 'callback');
    const [name] = args;
    if (typeof callback !== 'function' || isInternal(name)) return checked;
    const follow = function (this: unknown, ...given: unknown[]): unknown {
      const jobs: readonly unknown[] = Array.isArray(given[0]) ? given[0] : [given[0]];
      return consume(operationOf(String(name), jobs), carrierOf(jobs), callback as () => unknown, this, given);
    };
    return { ...Object(checked), callback: follow };
  };
}

function operationOf(destination: string, jobs: readonly unknown[]): Operation {
  if (jobs.length === 1) return { system: SYSTEM, destination, name: 'process', id: read(jobs[0], 'id') };
  return { system: SYSTEM, destination, name: 'process', count: jobs.length };
}

/** A batch belongs to nobody's trace. */
function carrierOf(jobs: readonly unknown[]): unknown {
  const id: unknown = jobs.length === 1 ? read(jobs[0], 'id') : undefined;
  return typeof id === 'string' ? sent.get(id) : undefined;
}
