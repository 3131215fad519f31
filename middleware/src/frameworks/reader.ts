import { type RequestState, stateFor } from '../server/request';

/** How to read what a framework knows of a request; called once, when the response is closed. */
export interface Reader<Handled extends object = object> {
  /** The template of the route that answers, with all prefixes. */
  route(handled: Handled, state: RequestState): string | undefined;
  /** The error that the framework turned into the response. */
  error?(handled: Handled): unknown;
}

/** Remembers what a framework made of a request. */
export function noteHandled<Handled extends object>(message: unknown, handled: Handled, reader: Reader<Handled>): void {
  const state = typeof message === 'object' && message !== null ? stateFor(message) : undefined;
  if (state === undefined) return;
  state.handled = handled;
  state.reader = reader as Reader;
}

export function routeByReader(state: RequestState): string | undefined {
  const { handled, reader } = state;
  const route = handled && reader ? reader.route(handled, state) : undefined;
  return typeof route === 'string' && route !== '' ? route : undefined;
}

export function errorByReader({ handled, reader }: RequestState): unknown {
  return handled && reader && reader.error ? reader.error(handled) : undefined;
}

/** A property that may not be there, of a value that may be anything. */
export function read(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (found === undefined || found === null) return undefined;
    found = Reflect.get(Object(found), key);
  }
  return found;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
