import type { Route } from '../../contract/index.ts';
import { type SpanNode, type Trace, walkSpans } from '../../trace/index.ts';
import type { Exchange } from '../run/send-request.ts';
import { programAttribute } from '../setup/environment.ts';
import type { Setup } from '../setup/setup.ts';
import { askMore } from './ask-more.ts';
import { plural } from './plural.ts';
import type { Check, LeftSite } from './report.ts';

/**
 * Some request reached what the program does. A 404, a redirect or a 401 says only that a server runs, unless the scenario states it or the
 * span names a route; where routes are known, a page that none of them serves (a static file) says no more.
 * Whether requests were answered at all is another check.
 */
export function checkReached(
  exchanges: readonly Exchange[],
  traces: readonly Trace[],
  known: { readonly routes: readonly Route[]; readonly programs: Programs; readonly origin: Setup['origin'] },
): Check {
  const id = 'code-reached';
  const fail = (summary: string, details: readonly string[], then = askMore(known.origin)): Check => ({
    id,
    status: 'fail',
    code: 'TW3016',
    summary,
    details,
    next: then,
  });
  const { left, all } = known.programs;
  if (all > 0 && left.length === all) {
    const details = left.map(({ site, place }) => `${site}: not started${place === undefined ? '' : ` (${place})`}`);
    return fail('Nothing is proven: no program of this repository was started', details, 'Name its start command in tracewright.yaml.');
  }
  if (exchanges.length === 0)
    return fail(
      'Nothing is proven: no request was sent, and no program was given work',
      [],
      'Write a scenario: a command under `run` gives a worker its work (`tracewright verify --draft`).',
    );
  const answered = exchanges.filter(({ status }) => status !== undefined);
  if (answered.length === 0) return { id, status: 'skip', summary: 'No request was answered', details: [] };
  const reached = answered.filter((exchange) => isReached(exchange, traces, known.routes));
  if (reached.length > 0) {
    const summary = `${reached.length} of ${plural(answered.length, 'request')} reached the program's own code`;
    return { id, status: 'pass', summary, details: [] };
  }
  const which = answered.length === 1 ? 'the one request' : 'every request';
  if (answered.every(({ status }) => status === 404))
    return fail(
      `Nothing is proven: ${which} was answered 404`,
      answered.map(({ label }) => label),
    );
  const details = answered.map(({ label, status }) => `${label}: answered ${status}, and no span names a route`);
  return fail("Nothing is proven: no request reached the program's own code", details);
}

/** Programs that production starts: how many there are, and those that were not started. */
export interface Programs {
  readonly all: number;
  readonly left: readonly LeftSite[];
}

function isReached({ status = 0, request, traceId }: Exchange, traces: readonly Trace[], routes: readonly Route[]): boolean {
  // That a command ended well is no proof; what it gave work to is.
  if (request.isCommand) return status === request.expectStatus && traces.some((trace) => trace.traceId === traceId && isWorked(trace));
  if (request.expectStatus !== undefined) return status === request.expectStatus;
  const own = traces.filter((trace) => trace.traceId === traceId);
  if (own.some(({ roots }) => roots.some(namesRoute))) return true;
  if (status < 200 || status > 299) return false;
  const path = request.path.split('?')[0] ?? '';
  return routes.length === 0 || routes.some((route) => fits(route, request.method, path));
}

/** What puts a job may be traced itself; the work on it is what was to be seen. */
function isWorked({ roots, orphans }: Trace): boolean {
  const spans = [...walkSpans([...roots, ...orphans])].map(({ span }) => span);
  return spans.some(({ kind, resource }) => kind === 'CONSUMER' || resource[programAttribute] !== undefined);
}

function namesRoute({ span }: SpanNode): boolean {
  return span.kind === 'SERVER' && typeof span.attributes['http.route'] === 'string';
}

/** Whether a path may be one of a route's; parameters and wildcards fit anything. */
export function fits(route: Pick<Route, 'method' | 'path'>, method: string, path: string): boolean {
  if (!['ALL', 'USE', method].includes(route.method.toUpperCase())) return false;
  const source = route.path
    .split('/')
    .map((part) => (/[:*({[]/.test(part) ? '[^/]*' : part.replace(/[.+?^$|()\\[\]{}]/g, '\\$&')))
    .join('/');
  return new RegExp(`^${source}/?$`, 'i').test(path) || (route.path.includes('*') && path.startsWith(route.path.split('*')[0] ?? ''));
}
