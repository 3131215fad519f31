import type { EventEmitter } from 'events';
import { keep } from './server/keep';
import { listenersOf } from './server/listeners-of';
import type { RequestState } from './server/request';
import { createMatcher } from './server/template';

type Match = (path: string) => string | undefined;

interface Declared {
  readonly match: Match;
  /** It was found as a listener of a server, so it is not called by one that took its place. */
  isListener: boolean;
}

interface Declarations {
  readonly byHandler: WeakMap<object, Declared>;
  /** What was declared and not yet found on a server. */
  readonly open: Set<Declared>;
  isUsed: boolean;
}

const KEY = Symbol.for('tracewright.declared');
interface Holder {
  [KEY]?: Declarations;
}

const holder: Holder = Object(globalThis);

/** From now on servers look up the routes of their listeners, so that no listener has to be wrapped. */
export function acceptDeclarations(): void {
  if (holder[KEY] === undefined) keep(globalThis, KEY, { byHandler: new WeakMap(), open: new Set(), isUsed: false });
}

/** Remembers the routes of a request listener; false when no server of ours would look. */
export function declareRoutes(handler: object, templates: readonly string[]): boolean {
  const declarations = holder[KEY];
  if (declarations === undefined) return false;
  declarations.isUsed = true;
  const before = declarations.byHandler.get(handler);
  const match = before === undefined ? createMatcher(templates) : both(before.match, createMatcher(templates));
  const declared = { match, isListener: before !== undefined && before.isListener };
  if (before !== undefined) declarations.open.delete(before);
  declarations.byHandler.set(handler, declared);
  if (!declared.isListener && templates.length > 0) declarations.open.add(declared);
  return true;
}

function both(first: Match, second: Match): Match {
  return (path) => {
    const found = first(path);
    return found === undefined ? second(path) : found;
  };
}

/**
 * Names a request by what the listeners of its server were declared with. Libraries that share a server (socket.io, ws) take its listeners
 * off and call them from one of their own: where no listener was declared, those that were never seen on a server are asked.
 */
export function nameByListeners(server: EventEmitter, state: RequestState): void {
  const declarations = holder[KEY];
  if (declarations === undefined || !declarations.isUsed || state.route !== undefined) return;
  const path = pathOf(state.request.url || '/');
  let isDeclared = false;
  for (const listener of listenersOf(server, 'request')) {
    const declared = declarations.byHandler.get(listener);
    if (declared === undefined) continue;
    isDeclared = true;
    noteListener(declarations, declared);
    state.route = declared.match(path);
    if (state.route !== undefined) return;
  }
  if (!isDeclared && declarations.open.size > 0) state.guess = firstMatch(declarations.open, path);
}

function noteListener({ open }: Declarations, declared: Declared): void {
  if (declared.isListener) return;
  declared.isListener = true;
  open.delete(declared);
}

function firstMatch(open: Set<Declared>, path: string): string | undefined {
  for (const { match } of Array.from(open)) {
    const route = match(path);
    if (route !== undefined) return route;
  }
  return undefined;
}

/** The path of a request target, also of the absolute form a proxy sends. */
export function pathOf(url: string): string {
  const path = url.charAt(0) === '/' ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const end = path.search(/[?#]/);
  return (end < 0 ? path : path.slice(0, end)) || '/';
}
