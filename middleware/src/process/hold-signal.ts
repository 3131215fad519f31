import { isTaken, watchProcessAfter } from './process-events';

export type Signal = 'SIGTERM' | 'SIGINT';

/** Where every EventEmitter of Node 14 to 26 keeps its listeners. */
interface Insides {
  _events?: Record<string, unknown>;
  _eventsCount?: number;
}

const held = new Map<string, () => boolean>();

/**
 * Sees a signal before its listeners do, without being one of them; true: they do not get it. While it is held it does not end the process by itself.
 * What the program emits under its name is no signal.
 */
export function holdSignal(signal: Signal, onSignal: () => boolean): void {
  // At once: a framework takes its listener away and raises the signal again in one go.
  if (held.size === 0) watchProcessAfter('removeListener', keepWatching);
  startWatching(signal);
  held.set(signal, onSignal);
}

/** From now on the signal does what it does without us. */
export function releaseSignal(signal: Signal): void {
  held.delete(signal);
  // Node stops to watch when the last listener goes; ours is not among them.
  process.on(signal, noListener);
  process.removeListener(signal, noListener);
}

/** With the last listener of the program Node has stopped, too. */
function keepWatching(name: unknown): void {
  if (typeof name === 'string' && held.has(name) && process.listenerCount(name) === 0) startWatching(name);
}

function noListener(): void {}

/**
 * Node watches for a signal while somebody listens, and calls the `emit` that was there when the first one came. So there is a listener for a moment;
 * it leaves in silence, because Node would stop to watch if it knew.
 */
function startWatching(signal: string): void {
  const others = process.rawListeners(signal);
  for (const other of others) process.removeListener(signal, Object(other));
  const { emit } = process;
  const first = function emitSignal(this: unknown, event: string): boolean {
    const onSignal = event === signal ? held.get(signal) : undefined;
    if (onSignal !== undefined && isTaken(onSignal, event)) return true;
    // biome-ignore lint/complexity/noArguments: forwards exactly what was passed
    return Reflect.apply(event === signal ? process.emit : emit, this, arguments);
  };
  Object.defineProperty(process, 'emit', { value: first });
  process.on(signal, noListener);
  Object.defineProperty(process, 'emit', { value: emit });
  leave(process as Insides, signal);
  for (const other of others) process.on(signal, Object(other));
}

/** Should Node ever keep its listeners elsewhere, this one stays; it does nothing. */
function leave(insides: Insides, signal: string): void {
  if (!insides._events || insides._events[signal] !== noListener || typeof insides._eventsCount !== 'number') return;
  delete insides._events[signal];
  insides._eventsCount--;
}
