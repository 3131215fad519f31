import { expect, it } from 'vitest';
import type { Route } from '../../contract/index.ts';
import type { SpanRecord } from '../../trace/index.ts';
import { reachedRoutes } from './reached-routes.ts';

const routeOf = (label: string): Route => {
  const [method = '', path = ''] = label.split(' ');
  return { service: 'shop', method, path, evidence: { file: 'server.js', line: 1 } };
};

const spanOf = (name: string): SpanRecord => ({
  traceId: 'a',
  spanId: 'b',
  parentSpanId: '',
  service: 'shop',
  scope: 'http',
  name,
  kind: 'SERVER',
  status: 'UNSET',
  attributes: { 'http.route': name.split(' ')[1] ?? '' },
  events: [],
  links: [],
  resource: {},
  startMs: 0,
  durationMs: 1,
});

it.each([
  ['by its own path', ['GET /items', 'GET /items/:id'], ['GET /items/:item'], ['GET /items/:id']],
  ['below the prefix of a hapi plug-in', ['GET /visits/{id}', 'GET /visits'], ['GET /clinic/visits/{id}'], ['GET /visits/{id}']],
  ['below a mount', ['GET /', 'GET /posts/:id', 'POST /posts'], ['GET /api/v1/posts/:id', 'GET /api/v1'], ['GET /', 'GET /posts/:id']],
  ['kept out of a global prefix', ['GET /api/health', 'GET /api/cats'], ['GET /health'], ['GET /api/health']],
  ['with a slash at its end', ['GET /cats/'], ['GET /cats'], ['GET /cats/']],
  ['not by an end of its name', ['GET /posts', 'GET /reposts'], ['GET /reposts'], ['GET /reposts']],
  ['not by a path of which another route is', ['GET /items', 'GET /old/items'], ['GET /old/items'], ['GET /old/items']],
  ['not by another method', ['POST /items'], ['GET /api/items'], []],
  ['not the root by a path that is no prefix', ['GET /', 'GET /:id'], ['GET /public'], []],
])('a route is reached %s', (_how, routes, spans, reached) => {
  const known = routes.map(routeOf);
  const found = reachedRoutes(known, spans.map(spanOf));
  expect(known.filter((route) => found.has(route)).map(({ method, path }) => `${method} ${path}`)).toEqual(reached);
});
