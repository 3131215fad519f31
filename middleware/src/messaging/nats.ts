import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { followLoop } from './loop';
import { replaceMethod } from './replace';
import { carrierNow, consume, type Operation, send } from './spans';
import { isObject } from './stored';

const SYSTEM = 'nats';

interface Headers extends Iterable<readonly [string, readonly string[]]> {
  append(name: string, value: string): void;
  set(name: string, value: string): void;
  get(name: string): string;
  readonly code?: number;
  readonly description?: string;
}

type MakeHeaders = (code?: number, description?: string) => Headers;

/** NATS 2, and 3 as `@nats-io/*`: core subscriptions by callback and by loop, and the loops of JetStream. Version 1 has no headers. */
export function watchNats(): void {
  for (const folder of ['nats/lib/nats-base-client', '@nats-io/nats-core/lib']) {
    let make: MakeHeaders | undefined;
    atLoad(`${folder}/headers.js`, ({ exports }) => {
      make = read(exports, 'headers') as MakeHeaders;
    });
    atLoad(`${folder}/protocol.js`, ({ exports }) => watchProtocol(read(exports, 'ProtocolHandler', 'prototype'), () => make));
    atLoad(`${folder}/queued_iterator.js`, ({ exports }) => watchLoops(read(exports, 'QueuedIteratorImpl', 'prototype')));
  }
}

function watchProtocol(prototype: unknown, makeHeaders: () => MakeHeaders | undefined): void {
  replaceMethod(
    prototype,
    'publish',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [subject, payload, options] = args;
        const make = makeHeaders();
        if (!isOfProgram(this, subject) || make === undefined || read(this, 'info', 'headers') !== true)
          return Reflect.apply(original, this, args);
        const publish = function (this: unknown): unknown {
          return Reflect.apply(original, this, [subject, payload, withContext(this, make, payload, options)]);
        };
        return send({ system: SYSTEM, destination: String(subject), name: 'publish' }, publish, this, []);
      },
  );
  replaceMethod(
    prototype,
    'subscribe',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [subscription] = args;
        const callback: unknown = read(subscription, 'callback');
        if (isObject(subscription) && read(subscription, 'noIterator') === true && isOfProgram(this, read(subscription, 'subject')))
          if (typeof callback === 'function') Reflect.set(subscription, 'callback', following(callback));
        return Reflect.apply(original, this, args);
      },
  );
}

function following(callback: Function): Function {
  return function (this: unknown, ...args: unknown[]): unknown {
    const [error, message] = args;
    if (error || !isObject(message)) return Reflect.apply(callback, this, args);
    return consume(operationOf(message), carrierOf(message), callback as () => unknown, this, args);
  };
}

function watchLoops(prototype: unknown): void {
  replaceMethod(
    prototype,
    'iterate',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const iterator = Reflect.apply(original, this, args);
        const isCore = isOfProgram(read(this, 'protocol'), read(this, 'subject'));
        followLoop(iterator, (value) =>
          isObject(value) && (isCore || isJetStream(value)) ? { operation: operationOf(value), carrier: carrierOf(value) } : undefined,
        );
        return iterator;
      },
  );
}

function operationOf(message: object): Operation {
  return { system: SYSTEM, destination: String(read(message, 'subject')), name: 'process' };
}

function isJetStream(message: object): boolean {
  return read(message, 'constructor', 'name') === 'JsMsgImpl';
}

function carrierOf(message: object): unknown {
  const headers: unknown = read(message, 'headers');
  const carrier: Record<string, string> = {};
  if (!isObject(headers)) return carrier;
  for (const name of ['traceparent', 'tracestate', 'baggage']) {
    const value = (headers as Headers).get(name);
    if (value) carrier[name] = value;
  }
  return carrier;
}

/** Not what the library says to the server (`$JS.`, `$KV.`), nor an answer to a request, which its caller waits for. */
function isOfProgram(protocol: unknown, subject: unknown): boolean {
  if (typeof subject !== 'string' || subject === '' || subject.charAt(0) === '$') return false;
  const inbox: unknown = read(protocol, 'options', 'inboxPrefix');
  return subject.indexOf(`${typeof inbox === 'string' && inbox !== '' ? inbox : '_INBOX'}.`) !== 0;
}

/** Headers of our own with those that the program gave: it may send them again. */
function withContext(protocol: unknown, make: MakeHeaders, payload: unknown, options: unknown): unknown {
  const carrier = carrierNow();
  if (carrier === undefined) return options;
  const given: unknown = read(options, 'headers');
  const headers = isObject(given) ? make((given as Headers).code, (given as Headers).description) : make();
  if (isObject(given)) for (const [name, values] of given as Headers) for (const value of values) headers.append(name, value);
  for (const name of Object.keys(carrier)) headers.set(name, carrier[name] || '');
  // A message that fits only without them goes without them.
  const size = Buffer.byteLength(JSON.stringify(Array.from(headers))) + Number(read(payload, 'length') || 0);
  return size > Number(read(protocol, 'info', 'max_payload') || Number.POSITIVE_INFINITY) ? options : { ...Object(options), headers };
}
