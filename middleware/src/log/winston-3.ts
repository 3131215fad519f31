import { type SpanContext, trace } from '@opentelemetry/api';
import { activeContext } from '../context-manager';
import { whenLoaded } from '../frameworks/loaded';
import { read, textOf } from '../frameworks/reader';
import { withoutBridge } from './bridge-off';
import { withoutColours } from './colours';
import { emitLine, type ForeignLine, fieldsOf } from './foreign-line';
import { WINSTON_LEVELS } from './winston-levels';

type Method = (this: object, ...args: unknown[]) => unknown;

const LEVEL = Symbol.for('level');
const MESSAGE = Symbol.for('message');

const written = new WeakMap<object, SpanContext>();
const sent = new WeakSet<object>();
const watched = new WeakSet<object>();
/** What a transport is being given: the same object for all transports of a logger. */
let current: object | undefined;
let isSentByProgram = false;

/** A logger hands a line over now; its transports may get it when another request runs. */
export function noteWritten(info: unknown): void {
  const span = trace.getSpan(activeContext());
  if (span !== undefined && typeof info === 'object' && info !== null) written.set(info, span.spanContext());
}

/** Lines of winston 3: one for each that a transport writes, as the first of them writes it: masked, formatted, and only if its level is on. */
export function watchWinston3(): void {
  for (const file of ['modern.js', 'index.js'])
    whenLoaded(`winston-transport/${file}`, (exported) => watchTransports(read(exported, 'prototype')));
}

function watchTransports(prototype: unknown): void {
  if (typeof prototype !== 'object' || prototype === null || watched.has(prototype)) return;
  watched.add(prototype);
  replace(prototype, '_write', (transport, info) => begin(transport, info));
  replace(prototype, '_accept', (transport, write) => begin(transport, read(write, 'chunk')));
}

function replace(prototype: object, name: string, before: (transport: object, first: unknown) => void): void {
  const original: unknown = read(prototype, name);
  if (typeof original !== 'function') return;
  const replaced = function (this: object, ...args: unknown[]): unknown {
    before(this, args[0]);
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(replaced, 'name', { configurable: true, value: original.name });
  Object.defineProperty(prototype, name, { configurable: true, enumerable: true, writable: true, value: replaced });
}

function begin(transport: object, info: unknown): void {
  current = typeof info === 'object' && info !== null ? info : undefined;
  if (watched.has(transport)) return;
  watched.add(transport);
  if (/^OpenTelemetryTransport/.test(transport.constructor.name)) isSentByProgram = true;
  const original: unknown = read(transport, 'log');
  if (typeof original !== 'function') return;
  const log: Method = function log(...args) {
    note(args[0]);
    const write = (): unknown => Reflect.apply(original, this, args);
    // Through the console, whose bridge would send it again.
    return read(this, 'forceConsole') ? withoutBridge(write) : write();
  };
  Object.defineProperty(transport, 'log', { configurable: true, writable: true, value: log });
}

function note(info: unknown): void {
  const line = current;
  if (line === undefined || sent.has(line) || isSentByProgram) return;
  sent.add(line);
  emitLine(() => lineOf(info, line));
}

function lineOf(info: unknown, line: object): ForeignLine {
  const text = textOf(Reflect.get(Object(info), MESSAGE));
  const json = text !== undefined && /^\s*\{/.test(text) ? parsed(text) : undefined;
  const fields = fieldsOf(json || plainOf(info), 'level', 'message', 'timestamp', 'stack');
  const stack = textOf(read(json || info, 'stack'));
  if (stack !== undefined) Object.assign(fields, exceptionOf(stack, textOf(read(info, 'message')) || ''));
  const level = String(Reflect.get(Object(info), LEVEL));
  const error = line instanceof Error ? line : undefined;
  const body = withoutColours(String(read(json || info, 'message')));
  return { level: WINSTON_LEVELS[level] || 30, body, attributes: fields, error, spanContext: written.get(line) };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Plain values only: more could run code of the program once more. */
function plainOf(info: unknown): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(Object(info))))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') plain[key] = value;
  return plain;
}

function exceptionOf(stack: string, message: string): Record<string, string> {
  const [, type] = /^([\w$.]+)(?::|\n|$)/.exec(stack) || [];
  return { 'exception.type': type || 'Error', 'exception.message': message, 'exception.stacktrace': stack };
}
