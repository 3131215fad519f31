import { types } from 'util';
import { read, textOf } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { withoutBridge } from './bridge-off';
import { withoutColours } from './colours';
import { formatAgain } from './console-text';
import { describeError } from './describe-error';
import { emitLine, type ForeignLine } from './foreign-line';

type Method = (this: object, ...args: unknown[]) => unknown;

/** Lines of log4js 6, consola 3, signale and debug, where each hands a line over to be written: as its own level and filters leave it. */
export function watchOtherLoggers(): void {
  atLoad('log4js/lib/layouts.js', ({ exports }) => watchLayouts(exports));
  atLoad('log4js/lib/clustering.js', ({ exports }) => replace(exports, 'send', (_self, [event]) => log4jsLine(event)));
  atLoad('consola/dist/core.cjs', ({ exports }) =>
    replace(read(exports, 'Consola', 'prototype'), '_log', (_self, [line]) => consolaLine(line)),
  );
  atLoad('signale/signale.js', ({ exports }) => replace(read(exports, 'prototype'), '_log', signaleLine));
  atLoad('debug/src/node.js', ({ exports }) => replace(exports, 'log', debugLine));
}

/** Sends a line when a method of the library was called; what the library writes by the console is not sent again. */
function replace(holder: unknown, name: string, lineOf: (self: object, args: readonly unknown[]) => ForeignLine | undefined): void {
  const original: unknown = read(holder, name);
  if (holder === null || (typeof holder !== 'object' && typeof holder !== 'function') || typeof original !== 'function') return;
  const method: Method = function (this: object, ...args) {
    emitLine(() => lineOf(this, args));
    return withoutBridge(() => Reflect.apply(original, this, args));
  };
  Object.defineProperty(method, 'name', { configurable: true, value: original.name });
  Object.defineProperty(holder, name, { configurable: true, enumerable: true, writable: true, value: method });
}

let isShaped = false;

/** A layout of the program may leave out or mask what it is given: such lines are not sent. */
function watchLayouts(layouts: unknown): void {
  const original: unknown = read(layouts, 'addLayout');
  if (typeof original !== 'function') return;
  Reflect.set(Object(layouts), 'addLayout', (...args: unknown[]): unknown => {
    isShaped = true;
    return Reflect.apply(original, layouts, args);
  });
}

function log4jsLine(event: unknown): ForeignLine | undefined {
  const data: unknown = read(event, 'data');
  const name = textOf(read(event, 'level', 'levelStr')) || 'INFO';
  if (isShaped || !Array.isArray(data) || name === 'OFF') return undefined;
  return {
    level: LEVELS[name.toLowerCase()] || 30,
    ...said(data),
    attributes: { ...about(data), 'log4js.category': read(event, 'categoryName') },
  };
}

function consolaLine(line: unknown): ForeignLine | undefined {
  const args: unknown = read(line, 'args');
  if (!Array.isArray(args)) return undefined;
  const tag = textOf(read(line, 'tag'));
  const attributes = tag ? { ...about(args), 'consola.tag': tag } : about(args);
  return { level: LEVELS[String(read(line, 'type'))] || 30, ...said(args), attributes };
}

/** It has its text already, with its secrets masked. */
function signaleLine(self: object, [message, , level]: readonly unknown[]): ForeignLine | undefined {
  const rank = (name: unknown): number => Number(read(self, '_logLevels', String(name)));
  const isOn = Reflect.get(self, '_disabled') !== true && rank(level) >= rank(Reflect.get(self, '_generalLogLevel'));
  return isOn ? { level: LEVELS[String(level)] || 30, body: withoutColours(String(message)).trim(), attributes: {} } : undefined;
}

function debugLine(self: object, args: readonly unknown[]): ForeignLine {
  const namespace = textOf(read(self, 'namespace'));
  return { level: 20, body: withoutColours(formatAgain([...args])).trim(), attributes: namespace ? { 'debug.namespace': namespace } : {} };
}

function said(args: unknown[]): Pick<ForeignLine, 'body' | 'error'> {
  const error = args.find(isError);
  return { body: error !== undefined && args[0] === error ? error.message : formatAgain(args), error };
}

function about(args: unknown[]): Record<string, unknown> {
  const error = args.find(isError);
  return error === undefined ? {} : describeError(error);
}

function isError(value: unknown): value is Error {
  return types.isNativeError(value);
}

const LEVELS: Readonly<Record<string, number>> = {
  fatal: 60,
  mark: 60,
  error: 50,
  fail: 50,
  warn: 40,
  info: 30,
  log: 30,
  debug: 20,
  timer: 20,
  trace: 10,
  verbose: 10,
};
