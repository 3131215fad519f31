import type { Route } from '../../contract/index.ts';
import type { SpanRecord, Trace } from '../../trace/index.ts';
import type { Exchange } from '../run/send-request.ts';
import { fits } from './check-reached.ts';

/** A span that is named by another route than the one its request asked for, or by the value of a parameter. */
export interface Misfit {
  readonly what: string;
  /** The route is known, so this is no rewriting of the program's own. */
  readonly isSure: boolean;
}

const special = /[*?(+[]/;

/** Each asked path against the route of the span that answered it. */
export function misfits(exchanges: readonly Exchange[], traces: readonly Trace[], routes: readonly Route[]): readonly Misfit[] {
  const found = exchanges.flatMap(({ label, request, traceId }): Misfit[] => {
    const span = answerOf(traces, traceId, request.service);
    const route = span?.attributes['http.route'];
    if (typeof route !== 'string' || !route.startsWith('/')) return [];
    const path = request.path.split('?')[0] ?? '';
    const known = routes.filter((each) => fits(each, request.method, path));
    const valued = valueIn(route, path, known);
    if (valued !== undefined) return [{ what: `${label}: named by its value, not by ${valued}`, isSure: true }];
    if (isOf(route, path)) return [];
    const better = known.find((each) => each.path !== route);
    return [
      { what: `${label}: its span is named ${route}${better === undefined ? '' : `, it is ${better.path}`}`, isSure: better !== undefined },
    ];
  });
  return [...new Map(found.map((each) => [each.what, each])).values()];
}

/** The first SERVER span of the service that was asked. */
function answerOf(traces: readonly Trace[], traceId: string, service: string): SpanRecord | undefined {
  const roots = traces.filter((trace) => trace.traceId === traceId).flatMap((trace) => trace.roots.map(({ span }) => span));
  const servers = roots.filter(({ kind }) => kind === 'SERVER');
  return servers.find((span) => span.service === service) ?? servers[0];
}

/** The template of the program where the span has the very path: `/alice` for `/:tenant`. */
function valueIn(route: string, path: string, known: readonly Route[]): string | undefined {
  if (/[:*{(]/.test(route) || route !== path || route === '/' || known.some((each) => each.path === route)) return undefined;
  return known.length > 0 && known.every((each) => /[:{]/.test(each.path)) ? known[0]?.path : undefined;
}

/** Whether a path may be of a route; what stands before a pattern must be there as it is. */
function isOf(route: string, path: string): boolean {
  if (!special.test(route)) return fits({ method: 'ALL', path: route }, 'GET', path);
  const [fixed = ''] = route.split(special);
  const stem = fixed.replace(/[:{][^/]*$/, '').replace(/\/$/, '');
  return stem.includes(':') || path.toLowerCase().startsWith(stem.toLowerCase());
}
