import type { Attributes } from '@opentelemetry/api';
import { read, textOf } from '../frameworks/reader';
import { maskUrl } from '../mask/url';

/** A request that API Gateway, a function URL or a load balancer handed to the function as an event. */
export interface Gateway {
  readonly method: string;
  /** As a server would have got it. */
  readonly url: string;
  /** The template it was matched by; nothing when the function finds its routes itself. */
  readonly route: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly attributes: Attributes;
  /** What the client gets when the function fails, and when it answers without a status. */
  readonly failed: number;
  readonly unsaid: number;
}

export function gatewayOf(event: unknown): Gateway | undefined {
  const http = read(event, 'requestContext', 'http');
  const method = textOf(read(http, 'method')) || textOf(read(event, 'httpMethod'));
  if (method === undefined) return undefined;
  const isPlain = read(event, 'version') === '2.0';
  const path = textOf(read(event, 'rawPath')) || textOf(read(event, 'path')) || '/';
  const query = queryOf(event);
  const headers = headersOf(event);
  // An HTTP API answers 500 for the function, the others 502.
  const isHttpApi = isPlain && textOf(read(event, 'routeKey')) !== undefined && !/\.lambda-url\./.test(headers['host'] || '');
  return {
    method,
    url: query === '' ? path : `${path}?${query}`,
    route: routeOf(event),
    headers,
    attributes: attributesOf(event, method, path, query, headers),
    failed: isHttpApi ? 500 : 502,
    unsaid: isPlain ? 200 : 502,
  };
}

/** `resource` of a REST API, `GET /orders/{id}` of an HTTP API; `$default` and `/{proxy+}` leave it to the function. */
function routeOf(event: unknown): string | undefined {
  const key = textOf(read(event, 'routeKey'));
  const route = key === undefined ? textOf(read(event, 'resource')) : key.slice(key.indexOf(' ') + 1);
  return route !== undefined && route.charAt(0) === '/' ? route : undefined;
}

function queryOf(event: unknown): string {
  const raw = textOf(read(event, 'rawQueryString'));
  if (raw !== undefined) return raw;
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(Object(read(event, 'queryStringParameters'))))
    pairs.push(`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  return pairs.join('&');
}

/** By lower case; a REST API and a load balancer may give the case of the client, or lists. */
function headersOf(event: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(Object(read(event, 'headers'))))
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  for (const [name, values] of Object.entries(Object(read(event, 'multiValueHeaders'))))
    if (headers[name.toLowerCase()] === undefined && Array.isArray(values)) headers[name.toLowerCase()] = values.join(', ');
  return headers;
}

function attributesOf(event: unknown, method: string, path: string, query: string, headers: Record<string, string>): Attributes {
  const attributes: Attributes = {
    'faas.trigger': 'http',
    'http.request.method': method,
    'url.path': path,
    'url.scheme': headers['x-forwarded-proto'] === 'http' ? 'http' : 'https',
  };
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'string' && value !== '') attributes[name] = value;
  };
  if (query !== '') attributes['url.query'] = maskUrl(query);
  put('server.address', (headers['host'] || '').replace(/:\d+$/, ''));
  put('user_agent.original', headers['user-agent']);
  put(
    'client.address',
    read(event, 'requestContext', 'http', 'sourceIp') ||
      read(event, 'requestContext', 'identity', 'sourceIp') ||
      (headers['x-forwarded-for'] || '').split(',')[0],
  );
  return attributes;
}
