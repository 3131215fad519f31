import { activeRpc, type RequestState } from '../server/request';
import type { Reader } from './reader';

interface Route {
  readonly method: string;
  readonly path: string;
}

/** What a router of Hono 4 answers: middlewares and handlers in their order, each with its route. */
export type Matched = readonly [readonly (readonly [readonly [unknown, Route], unknown])[], ...unknown[]];

export function noteHono(matched: Matched): void {
  try {
    const rpc = activeRpc();
    const state = rpc && rpc.state;
    if (state === undefined || !Array.isArray(matched)) return;
    state.handled = matched;
    state.reader = reader as Reader;
  } catch {
    // Telemetry never stops a request.
  }
}

const reader: Reader<Matched> = {
  route: ([entries], state) => {
    const routes = entries.map(([[, route]]) => route);
    const own = routes.filter(({ method }) => method !== 'ALL');
    // The first one answers unless it passes on, as those do that fit everything.
    const found = own.find(isPlain) || own[0];
    if (found !== undefined) return found.path;
    // `use` and `all` look alike; a middleware answers nothing by itself.
    return isMissing(state) ? undefined : (routes.reverse().find(isPlain) || { path: undefined }).path;
  },
};

function isPlain({ path }: Route): boolean {
  return path.indexOf('*') < 0;
}

function isMissing({ response }: RequestState): boolean {
  return response !== undefined && response.statusCode === 404;
}
