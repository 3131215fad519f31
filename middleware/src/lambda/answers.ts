import { read } from '../frameworks/reader';
import { sendBeforeFreeze, willFreeze } from './before-freeze';
import type { Invocation } from './invocation';

type Answer = (this: unknown, ...args: unknown[]) => unknown;

/** Gives the platform an answer when what was recorded is on its way; at once where nothing freezes. */
export type Later = (give: () => unknown) => unknown;

/** One sending for all answers of a call: the platform takes the first and ignores the others, which keep their order. */
export function laterOf(): Later {
  let sent: Promise<void> | undefined;
  let isSent = false;
  return (give) => {
    if (isSent || !willFreeze()) return give();
    if (sent === undefined)
      sent = sendBeforeFreeze().then(() => {
        isSent = true;
      });
    sent.then(() => give());
    return undefined;
  };
}

/** The callback of a handler, `callback(error, answer)`. */
export function answerBy(callback: Function, invocation: Invocation, later: Later): Function {
  const answer: Answer = function (this: unknown, ...args) {
    if (args[0] === undefined || args[0] === null) invocation.succeed(args[1]);
    else invocation.fail(args[0]);
    return later(() => Reflect.apply(callback, this, args));
  };
  Object.defineProperty(answer, 'name', { configurable: true, value: callback.name });
  Object.defineProperty(answer, 'length', { configurable: true, value: callback.length });
  return answer;
}

/** The methods of the first runtimes, by which a handler answers as well. */
export function answerByContext(about: unknown, invocation: Invocation, later: Later): void {
  if (typeof about !== 'object' || about === null) return;
  replace(about, 'done', (args) => (args[0] ? invocation.fail(args[0]) : invocation.succeed(args[1])), later);
  replace(about, 'succeed', (args) => invocation.succeed(args[0]), later);
  replace(about, 'fail', (args) => invocation.fail(args[0]), later);
}

function replace(about: object, name: string, end: (args: readonly unknown[]) => void, later: Later): void {
  const original: unknown = read(about, name);
  const descriptor = Object.getOwnPropertyDescriptor(about, name);
  if (typeof original !== 'function' || descriptor === undefined || descriptor.writable !== true) return;
  const answer: Answer = function (this: unknown, ...args) {
    end(args);
    return later(() => Reflect.apply(original, this, args));
  };
  Object.defineProperty(about, name, { ...descriptor, value: answer });
}
