import type { IncomingHttpHeaders, IncomingMessage } from 'http';
import { clientOf, type HostPort, hostOf } from '../client/forwarded';
import { maskUrl } from '../mask/url';
import { NodeUrl } from '../platform';

export type Scheme = 'http' | 'https';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'QUERY']);
/** A path that a URL parser would leave as it is. */
const PLAIN_PATH = /^\/(?!\/)(?:[A-Za-z0-9_~!$&'()*+,;=:@%/-]|\.(?=[A-Za-z0-9_-]))*$/;

/** The stable HTTP attributes that are known when a request arrives. */
export function serverAttributes(request: IncomingMessage, scheme: Scheme): Record<string, string | number> {
  const { headers, socket } = request;
  const method = request.method || 'GET';
  const known = METHODS.has(method);
  const attributes: Record<string, string | number> = {
    'http.request.method': known ? method : '_OTHER',
    'url.scheme': scheme,
    'network.protocol.version': request.httpVersionMajor === 2 ? '2' : request.httpVersion,
  };
  if (!known) attributes['http.request.method_original'] = method;
  addTarget(attributes, request.url || '/');
  addHost(attributes, hostOf(headers, scheme));
  addPeer(attributes, headers, socket);
  const agent = headers['user-agent'];
  if (agent !== undefined) attributes['user_agent.original'] = agent;
  // Node joins the fields of one name, and a `traceparent` with a comma continues no trace.
  const parent = headers['traceparent'];
  if (typeof parent === 'string' && parent.indexOf(',') >= 0) attributes['tracewright.traceparent_count'] = parent.split(',').length;
  return attributes;
}

function addTarget(attributes: Record<string, string | number>, target: string): void {
  const query = target.indexOf('?');
  const path = query < 0 ? target : target.slice(0, query);
  if (PLAIN_PATH.test(path)) {
    attributes['url.path'] = path;
    if (query >= 0 && query < target.length - 1) attributes['url.query'] = maskUrl(target.slice(query + 1));
    return;
  }
  try {
    // Also the absolute form that proxies send; a target that begins with two slashes is a path here, not a host.
    const url = new NodeUrl(target.charAt(0) === '/' ? `http://localhost${target}` : target, 'http://localhost');
    attributes['url.path'] = url.pathname;
    if (url.search.length > 1) attributes['url.query'] = maskUrl(url.search.slice(1));
  } catch {
    // Not a URL: the span says the rest.
  }
}

function addHost(attributes: Record<string, string | number>, host: HostPort | undefined): void {
  if (host === undefined) return;
  attributes['server.address'] = host.host;
  if (host.port !== undefined) attributes['server.port'] = host.port;
}

function addPeer(attributes: Record<string, string | number>, headers: IncomingHttpHeaders, socket: IncomingMessage['socket']): void {
  const address = socket.remoteAddress;
  const client = clientOf(headers) || address;
  if (client !== undefined) attributes['client.address'] = client;
  if (address === undefined) return;
  attributes['network.peer.address'] = address;
  if (socket.remotePort !== undefined) attributes['network.peer.port'] = socket.remotePort;
}
