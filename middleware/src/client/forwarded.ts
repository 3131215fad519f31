import type { IncomingHttpHeaders } from 'http';

export interface HostPort {
  readonly host: string;
  readonly port?: number;
}

let lastHost = '';
let lastScheme: string | undefined;
let lastResult: HostPort = { host: '' };

/** The host that the client asked for: Forwarded, then X-Forwarded-Host, then Host. */
export function hostOf(headers: IncomingHttpHeaders, scheme: string): HostPort | undefined {
  const forwarded = headers.forwarded;
  if (forwarded !== undefined) {
    const host = forwardedPart(forwarded, 'host');
    if (host !== undefined) return parseHost(host, forwardedPart(forwarded, 'proto'));
  }
  const proxied = first(headers['x-forwarded-host']);
  if (proxied !== undefined) return parseHost(proxied, first(headers['x-forwarded-proto']));
  // HTTP/2 has its own name for it.
  const host = headers.host || first(headers[':authority']);
  return host ? parseHost(host, scheme) : undefined;
}

/** The client as the proxies in between name it: the first `for` of Forwarded, then the first of X-Forwarded-For. */
export function clientOf(headers: IncomingHttpHeaders): string | undefined {
  const forwarded = headers.forwarded;
  const named = forwarded === undefined ? undefined : forwardedPart(forwarded, 'for');
  const client = named === undefined ? first(headers['x-forwarded-for']) : named;
  return client === undefined ? undefined : withoutPort(client);
}

/** One process is asked for few hosts, mostly for the same one again. */
function parseHost(text: string, scheme: string | undefined): HostPort {
  if (text !== lastHost || scheme !== lastScheme) {
    lastHost = text;
    lastScheme = scheme;
    // Some clients send the user info of their URL along.
    lastResult = splitHost(text.slice(text.lastIndexOf('@') + 1), scheme);
  }
  return lastResult;
}

function splitHost(text: string, scheme: string | undefined): HostPort {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text);
  const host = parts ? parts[1] : undefined;
  if (!parts || !host) return { host: text };
  if (parts[2] !== undefined) return { host, port: Number(parts[2]) };
  return scheme === 'http' ? { host, port: 80 } : scheme === 'https' ? { host, port: 443 } : { host };
}

/** The first value of a parameter in a Forwarded header (RFC 7239), unquoted. */
function forwardedPart(header: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[,;])\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,;"]+))`, 'i').exec(header);
  if (found === null) return undefined;
  return found[2] || (found[1] || '').replace(/\\(.)/g, '$1') || undefined;
}

function first(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text === undefined ? undefined : (text.split(',')[0] || '').trim() || undefined;
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711`; an IPv6 address without brackets has no port. */
function withoutPort(address: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(address);
  if (bracketed) return bracketed[1] || address;
  const parts = address.split(':');
  return parts.length === 2 && parts[0] ? parts[0] : address;
}
