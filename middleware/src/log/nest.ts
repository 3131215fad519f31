import { whenLoaded } from '../frameworks/loaded';
import { read } from '../frameworks/reader';
import { describeError } from './describe-error';
import { emitLine, type ForeignLine } from './foreign-line';

type Print = (this: object, messages: unknown, ...rest: unknown[]) => unknown;

const LEVELS: Readonly<Record<string, number>> = { verbose: 10, debug: 20, log: 30, warn: 40, error: 50, fatal: 60 };

/** Lines of the logger of NestJS, which writes past the console; one per message, as it prints them. */
export function watchNestLogger(): void {
  whenLoaded('@nestjs/common/services/console-logger.service.js', (exported) => {
    const prototype: unknown = read(exported, 'ConsoleLogger', 'prototype');
    const original: unknown = read(prototype, 'printMessages');
    if (typeof prototype !== 'object' || prototype === null || typeof original !== 'function') return;
    const printMessages: Print = function printMessages(messages, ...rest) {
      const result: unknown = Reflect.apply(original, this, [messages, ...rest]);
      // Through the console, whose bridge sends them.
      if (Array.isArray(messages) && !read(this, 'options', 'forceConsole'))
        for (const message of messages) emitLine(() => lineOf(message, rest));
      return result;
    };
    Object.defineProperty(prototype, 'printMessages', { configurable: true, writable: true, value: printMessages });
  });
}

function lineOf(message: unknown, [context, level, , errorStack]: readonly unknown[]): ForeignLine | undefined {
  if (typeof message === 'function') return undefined;
  const error = message instanceof Error ? message : undefined;
  const attributes: Record<string, unknown> = error === undefined ? {} : describeError(error);
  if (typeof context === 'string' && context !== '') attributes['nestjs.context'] = context;
  if (typeof errorStack === 'string') attributes['exception.stacktrace'] = errorStack;
  return { level: LEVELS[String(level)] || 30, body: error === undefined ? textOf(message) : error.message, attributes, error };
}

function textOf(message: unknown): string {
  return typeof message === 'object' && message !== null ? JSON.stringify(message) : String(message);
}
