import { activeRpc } from '../server/request';
import { whenLoaded } from './loaded';
import { type Reader, read, textOf } from './reader';

/** What the router of polka 0.5 keeps of a route. */
interface Found {
  readonly handlers: unknown;
}

/** The router of polka 0.5 finds the handlers by the pattern as it was written, and tells only the handlers. */
export function watchPolka(): void {
  whenLoaded('trouter/index.js', (trouter) => {
    const prototype: unknown = read(trouter, 'prototype');
    const original: unknown = read(prototype, 'find');
    if (typeof prototype !== 'object' || prototype === null || typeof original !== 'function') return;
    const find = function find(this: object, method: unknown, url: unknown): unknown {
      const found: unknown = Reflect.apply(original, this, [method, url]);
      if (found) note(this, found as Found);
      else noteMounts(this);
      return found;
    };
    Object.defineProperty(prototype, 'find', { configurable: true, writable: true, value: find });
  });
}

function note(router: object, found: Found): void {
  try {
    const rpc = activeRpc();
    const state = rpc && rpc.state;
    if (state === undefined) return;
    state.handled = { router, handlers: found.handlers };
    state.reader = reader as Reader;
  } catch {
    // Telemetry never stops a request.
  }
}

const passed = new WeakMap<object, string[]>();

/** A router that has no route of its own for the path may pass it on to an application that is mounted by its first segment. */
function noteMounts(router: object): void {
  const rpc = activeRpc();
  const state = rpc && rpc.state;
  const apps = read(router, 'apps');
  if (state !== undefined && apps) passed.set(state, [...(passed.get(state) || []), ...Object.keys(Object(apps))]);
}

const reader: Reader<{ readonly router: object; readonly handlers: unknown }> = {
  route: ({ router, handlers }, state) => {
    const { request } = state;
    const pattern = patternOf(read(router, 'handlers'), handlers);
    if (pattern === undefined) return undefined;
    const path = pattern.charAt(0) === '/' ? pattern : `/${pattern}`;
    const base = mountOf(textOf(read(request, 'originalUrl')), textOf(read(request, 'url')));
    // A program that rewrites its URL takes off values.
    const known = passed.get(state) || [];
    if (base.split('/').some((segment) => segment !== '' && known.indexOf(`/${segment}`) < 0)) return undefined;
    return base !== '' && path === '/' ? base : base + path;
  },
};

function patternOf(byMethod: unknown, handlers: unknown): string | undefined {
  for (const patterns of Object.values(Object(byMethod)))
    for (const [pattern, one] of Object.entries(Object(patterns))) if (one === handlers) return pattern;
  return undefined;
}

/** An application in an application has the first segment taken off the URL. */
function mountOf(asked: string | undefined, left: string | undefined): string {
  if (asked === undefined || left === undefined || !asked.endsWith(left)) return '';
  return asked.slice(0, asked.length - left.length).replace(/\/$/, '');
}
