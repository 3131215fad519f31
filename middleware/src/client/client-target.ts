import { maskUrl } from '../mask/url';
import { hasOwn } from '../own';
import { isKnownMethod } from './client-span';

export type Scheme = 'http' | 'https';
export type Arguments = ArrayLike<unknown>;

/** What a `ClientRequest` says about itself. Requests of mocking libraries say less. */
export interface SentRequest {
  readonly method?: unknown;
  readonly host?: unknown;
  readonly path?: unknown;
  readonly protocol?: unknown;
  readonly agent?: { readonly defaultPort?: unknown };
  getHeader?(name: string): unknown;
}

type Attributes = Record<string, string | number>;

/** `protocol://user:password@host:port/path` */
const URL_TEXT = /^([a-z][a-z0-9+.-]*:)?\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?([^#]*)/i;

/** The stable HTTP attributes of a request that was made. Node has read the arguments; only what it does not tell is read again. */
export function clientAttributes(request: SentRequest, args: Arguments, scheme: Scheme): Attributes {
  const given = readArguments(args);
  const protocol = textOf(request.protocol) || given.protocol || `${scheme}:`;
  const standard = protocol === 'https:' ? 443 : 80;
  const port = given.port || Number(given.defaultPort || (request.agent && request.agent.defaultPort)) || standard;
  const host = textOf(request.host) || given.host || 'localhost';
  const attributes: Attributes = {
    ...methodAttributes(methodOf(request.method || given.method)),
    'server.address': host,
    'server.port': port,
  };
  const authority = `${given.user ? 'REDACTED@' : ''}${/:.*:/.test(host) ? `[${host}]` : host}${port === standard ? '' : `:${port}`}`;
  attributes['url.full'] = `${protocol}//${authority}${maskUrl(textOf(request.path) || given.path || '/')}`;
  const agent = request.getHeader && request.getHeader('user-agent');
  if (typeof agent === 'string') attributes['user_agent.original'] = agent;
  return attributes;
}

/** `host:port` of a call, as its arguments say it. */
export function addressedTo(args: Arguments): string {
  const { host, port } = readArguments(args);
  return `${host}:${port}`;
}

export function methodOf(method: unknown): string {
  return typeof method === 'string' && method !== '' ? method.toUpperCase() : 'GET';
}

function methodAttributes(method: string): Attributes {
  if (isKnownMethod(method)) return { 'http.request.method': method };
  return { 'http.request.method': '_OTHER', 'http.request.method_original': method };
}

interface Address {
  readonly protocol?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: unknown;
  readonly path?: string | undefined;
  readonly user?: unknown;
}

interface Read extends Address {
  readonly method: string | undefined;
  readonly port: number | undefined;
  readonly defaultPort: unknown;
}

/** As Node does: what the options say goes before the URL. */
function readArguments(args: Arguments): Read {
  const address = addressIn(args[0]);
  const options = address === undefined ? args[0] : args[1];
  const url = address || {};
  const own = (name: string): unknown => ownValue(options, name);
  return {
    protocol: textOf(own('protocol')) || url.protocol,
    method: textOf(own('method')),
    host: textOf(own('hostname')) || textOf(own('host')) || url.host,
    port: Number(hasOwn(options, 'port') ? own('port') : url.port) || undefined,
    defaultPort: own('defaultPort'),
    path: textOf(own('path')) || url.path,
    user: hasOwn(options, 'auth') ? own('auth') : url.user,
  };
}

/** Of a URL, as text or as an object; other objects are options. */
function addressIn(value: unknown): Address | undefined {
  if (typeof value === 'string') {
    const parts = URL_TEXT.exec(value) || [];
    return { protocol: parts[1], user: parts[2], host: parts[3], port: parts[4], path: parts[5] };
  }
  if (!isUrlLike(value)) return undefined;
  const { protocol, hostname, port, pathname, search, username, password } = value;
  return { protocol, host: hostname, port, path: pathname + search, user: username || password };
}

function isUrlLike(value: unknown): value is URL {
  return typeof value === 'object' && value !== null && 'href' in value && 'searchParams' in value;
}

/** Without running a getter of the program a second time. */
function ownValue(options: unknown, name: string): unknown {
  const found = typeof options === 'object' && options !== null ? Object.getOwnPropertyDescriptor(options, name) : undefined;
  return found && found.enumerable ? found.value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
