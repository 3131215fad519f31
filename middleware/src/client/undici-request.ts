import { maskUrl } from '../mask/url';
import { NodeUrl } from '../platform';
import type { ClientState } from './client-span';
import { flatten, givenIn, type Pair, pairsOf, replaceIn } from './header-pairs';
import { givenInText, replaceInText } from './header-text';
import { changesFor } from './trace-headers';

/** What undici publishes of a request; its headers are text up to version 5 and a flat list since. */
export interface UndiciRequest {
  readonly method: string;
  readonly path: string;
  readonly origin: unknown;
  headers: unknown;
}

type Attributes = Record<string, string | number>;

/** The attributes of the official instrumentation, secrets masked. Undefined when the address cannot be told. */
export function undiciAttributes({ method, path, origin, headers }: UndiciRequest, known: string): Attributes | undefined {
  let url: URL;
  try {
    url = new NodeUrl(path, String(origin));
  } catch {
    return undefined;
  }
  const scheme = url.protocol.replace(':', '');
  const port = Number(url.port) || (scheme === 'https' ? 443 : scheme === 'http' ? 80 : 0);
  const attributes: Attributes = {
    'http.request.method': known,
    'http.request.method_original': method,
    'url.full': maskUrl(url.href),
    'url.path': url.pathname,
    'url.query': maskUrl(url.search),
    'url.scheme': scheme,
    'server.address': url.hostname,
  };
  if (port > 0) attributes['server.port'] = port;
  const agent = userAgentIn(headers);
  if (agent !== undefined) attributes['user_agent.original'] = agent;
  return attributes;
}

/** Puts the trace context into the headers that undici made of those of the program. */
export function writeUndiciContext(request: UndiciRequest, { own, passesOn }: ClientState): void {
  const { headers } = request;
  if (typeof headers === 'string') request.headers = replaceInText(headers, changesFor(own, givenInText(headers), passesOn));
  if (!Array.isArray(headers)) return;
  const pairs = pairsOf(headers);
  replaceAll(headers, replaceIn(pairs, changesFor(own, givenIn(pairs), passesOn)));
}

/** Two `traceparent` on one request, as an instrumentation leaves them that adds its own: the last one stays. */
export function keepLastContext(request: UndiciRequest, names: readonly string[]): void {
  const { headers } = request;
  if (typeof headers === 'string') {
    const given = givenInText(headers);
    request.headers = replaceInText(
      headers,
      names.flatMap((name) => lastOf(name, given(name))),
    );
  }
  if (!Array.isArray(headers)) return;
  const pairs = pairsOf(headers);
  const given = givenIn(pairs);
  const changes = names.flatMap((name) => lastOf(name, given(name)));
  if (changes.length > 0) replaceAll(headers, replaceIn(pairs, changes));
}

function lastOf(name: string, values: unknown): [string, string][] {
  return Array.isArray(values) && values.length > 1 ? [[name, String(values[values.length - 1])]] : [];
}

/** The list is undici's own; it holds on to it. */
function replaceAll(list: unknown[], pairs: readonly Pair[]): void {
  list.splice(0, list.length, ...flatten(pairs));
}

function userAgentIn(headers: unknown): string | undefined {
  const given = typeof headers === 'string' ? givenInText(headers) : Array.isArray(headers) ? givenIn(pairsOf(headers)) : undefined;
  const value = given && given('user-agent');
  const last = Array.isArray(value) ? value[value.length - 1] : value;
  return typeof last === 'string' ? last : undefined;
}
