import { emitterOf, replaceEmit } from '../server/emit';

/** True: the listeners do not get the event. */
type Watch = (first: unknown) => unknown;

const watches = new Map<string | symbol, Watch[]>();
const afterwards = new Map<string | symbol, Watch>();

/**
 * Sees an event of the process before its listeners do without being one of them: programs and Node itself count listeners, and an
 * `unhandledRejection` or a signal that has one ends no program.
 */
export function watchProcess(event: string, watch: Watch): void {
  if (watches.size === 0) patchEmit();
  watches.set(event, (watches.get(event) || []).concat(watch));
}

/** Sees an event of the process when its listeners, Node's own among them, have had it. */
export function watchProcessAfter(event: string, watch: (first: unknown) => void): void {
  if (watches.size === 0) patchEmit();
  if (!watches.has(event)) watches.set(event, []);
  afterwards.set(event, watch);
}

function patchEmit(): void {
  const original = emitterOf(process);
  replaceEmit(
    process,
    function emit(this: unknown, event, first) {
      const found = watches.get(event);
      if (found !== undefined) for (const watch of found) if (isTaken(watch, first)) return true;
      // biome-ignore lint/complexity/noArguments: forwards exactly what was passed
      const result = Reflect.apply(original.emit, this, arguments);
      const after = afterwards.get(event);
      if (after !== undefined) isTaken(after, first);
      return result;
    },
    false,
  );
}

export function isTaken(watch: Watch, first: unknown): boolean {
  try {
    return watch(first) === true;
  } catch {
    // The listeners of the program come next.
    return false;
  }
}
