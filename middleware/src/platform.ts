import { lookup as lookupNow } from 'dns';
import * as http from 'http';
import * as https from 'https';
import { createConnection } from 'net';
import { Worker as WorkerNow } from 'worker_threads';
import { gzip as gzipNow, gzipSync as gzipSyncNow } from 'zlib';

/**
 * What telemetry uses of Node, as it is before the program runs. Tests, recorders and sandboxes put their own in the place of timers, of
 * `http.request` or of `Promise`: they are for the program, and hear of nothing that it does not do.
 */
export const later: typeof setTimeout = setTimeout;
export const cancel: typeof clearTimeout = clearTimeout;
export const now: () => number = Date.now;
export const NativePromise: PromiseConstructor = Promise;
export const NodeUrl: typeof URL = URL;
export const stringify: typeof JSON.stringify = JSON.stringify;
export const lookup: typeof lookupNow = lookupNow;
export const gzip: typeof gzipNow = gzipNow;
export const gzipSync: typeof gzipSyncNow = gzipSyncNow;
export const Worker: typeof WorkerNow = WorkerNow;

/** One of the two clients of Node, and the methods of its agents. */
export interface Client {
  readonly request: typeof http.request;
  readonly Agent: typeof http.Agent;
  readonly methods: Readonly<Record<string, unknown>>;
}

const plain = clientOf(http);
const clients: Readonly<Record<'http' | 'https', Client>> = {
  // Node 24 asks its module for it at each connection.
  http: { ...plain, methods: { ...plain.methods, createConnection } },
  https: clientOf(https),
};

export function clientFor(url: string): Client {
  return url.indexOf('https:') === 0 ? clients.https : clients.http;
}

function clientOf({ request, Agent }: { readonly request: typeof http.request; readonly Agent: typeof http.Agent }): Client {
  const inherited = Agent === http.Agent ? {} : methodsOf(http.Agent.prototype);
  return { request, Agent, methods: { ...inherited, ...methodsOf(Agent.prototype) } };
}

function methodsOf(prototype: object): Record<string, unknown> {
  const methods: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const value: unknown = (Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor).value;
    if (typeof value === 'function' && name !== 'constructor') methods[name] = value;
  }
  return methods;
}
