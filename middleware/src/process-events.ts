import { emitterOf, replaceEmit } from './emit';

/** True: the listeners do not get the event. */
type Watch = (first: unknown) => unknown;

const watches = new Map<string | symbol, Watch[]>();

/**
 * Sees an event of the process before its listeners do without being one of them: programs and Node itself count listeners, and an
 * `unhandledRejection` or a signal that has one ends no program.
 */
export function watchProcess(event: string, watch: Watch): void {
  if (watches.size === 0) patchEmit();
  watches.set(event, (watches.get(event) || []).concat(watch));
}

function patchEmit(): void {
  const original = emitterOf(process);
  replaceEmit(
    process,
    function emit(this: unknown, event, first) {
      const found = watches.get(event);
      if (found !== undefined) for (const watch of found) if (isTaken(watch, first)) return true;
      // biome-ignore lint/complexity/noArguments: forwards exactly what was passed
      return Reflect.apply(original.emit, this, arguments);
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
