import type { Route } from '../../contract/index.ts';
import type { SpanRecord } from '../../trace/index.ts';

interface Answered {
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

/**
 * Routes that a SERVER span of the run is of. A prefix that no code states where the route is (of a plug-in, a mount, a whole application), or
 * one that a route is kept out of, makes the two paths differ at their beginning: a span of no known route is that of the longest end they share.
 */
export function reachedRoutes(routes: readonly Route[], spans: readonly SpanRecord[]): ReadonlySet<Route> {
  const isAlone = new Set(routes.map(({ service }) => service)).size <= 1;
  const isFor = (each: Answered, route: Route): boolean =>
    (isAlone || each.service === route.service) && ['ALL', 'USE', each.method].includes(route.method.toUpperCase());
  const answered = spans.flatMap(answerOf);
  const reached = new Set<Route>();
  const unknown = answered.filter((each) => {
    const same = routes.filter((route) => isFor(each, route) && shapeOf(route.path) === each.path);
    for (const route of same) reached.add(route);
    return same.length === 0;
  });
  const prefixes = new Set<string>();
  for (const each of unknown) {
    const near = routes.filter((route) => isFor(each, route) && sharesEnd(shapeOf(route.path), each.path));
    const longest = Math.max(0, ...near.map(({ path }) => Math.min(shapeOf(path).length, each.path.length)));
    for (const route of near.filter(({ path }) => Math.min(shapeOf(path).length, each.path.length) === longest)) {
      reached.add(route);
      const shape = shapeOf(route.path);
      if (each.path.endsWith(shape)) prefixes.add(each.path.slice(0, -shape.length));
    }
  }
  // The root of what lies below a prefix is the prefix itself.
  for (const each of unknown.filter(({ path }) => prefixes.has(path)))
    for (const route of routes) if (isFor(each, route) && shapeOf(route.path) === '/') reached.add(route);
  return reached;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function answerOf(span: SpanRecord): Answered[] {
  if (span.kind !== 'SERVER') return [];
  const [named = '', ...rest] = span.name.split(' ');
  const method = textOf(span.attributes['http.request.method'] ?? span.attributes['http.method']) || named;
  const route = textOf(span.attributes['http.route']) || rest.join(' ');
  return route === '' ? [] : [{ service: span.service, method, path: shapeOf(route) }];
}

/** A path without the names of its parameters and without a slash at its end. */
function shapeOf(path: string): string {
  const segments = path.split('/').map((segment) => (/^[:{]\w+[}?]?$/.test(segment) ? ':' : segment));
  return segments.join('/').replace(/\/+$/, '') || '/';
}

/** One path ends with the other, whole segments; a root or a lone parameter is the end of too many. */
function sharesEnd(one: string, other: string): boolean {
  const isTelling = (path: string): boolean => /[^/:*{}]/.test(path);
  return (isTelling(one) && other.endsWith(one)) || (isTelling(other) && one.endsWith(other));
}
