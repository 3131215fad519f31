import { constants } from 'os';
import type { Runtime } from '../runtime';
import { holdSignal, releaseSignal, type Signal } from './hold-signal';

const ENDINGS: readonly Signal[] = ['SIGTERM', 'SIGINT'];

/**
 * A signal that the program does not listen for ends it by that signal, after what is left was sent. With a listener the program decides: frameworks
 * close their servers, and then raise the signal themselves. Raised so, it ends the program within the call; to watch for it would be too late.
 */
export function watchSignals(runtime: Runtime): void {
  const original = process.kill;
  const letGo = (signal: Signal): void => {
    runtime.handOver(signal);
    releaseSignal(signal);
  };
  for (const signal of ENDINGS) {
    holdSignal(signal, () => {
      if (process.listenerCount(signal) > 0) {
        runtime.hurry();
        return false;
      }
      letGo(signal);
      Reflect.apply(original, process, [process.pid, signal]);
      return true;
    });
  }
  const kill = function kill(this: unknown, pid: number, signal?: string | number): true {
    const ending = Number(pid) === process.pid ? endingOf(signal) : undefined;
    if (ending !== undefined && process.listenerCount(ending) === 0) letGo(ending);
    // biome-ignore lint/complexity/noArguments: forwards exactly what was passed
    return Reflect.apply(original, this, arguments);
  };
  Object.defineProperty(kill, 'length', { configurable: true, value: original.length });
  process.kill = kill;
}

function endingOf(signal: string | number | undefined): Signal | undefined {
  return ENDINGS.find((name) => (signal === undefined ? name === 'SIGTERM' : signal === name || signal === constants.signals[name]));
}
