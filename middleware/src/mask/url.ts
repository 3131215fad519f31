import { isSecretParameter } from './names';

export const MASK = 'REDACTED';

/** How often a URL may stand encoded in another one. */
const DEPTH = 3;

/** The URL or query string with user info and the values of secret-like parameters replaced; the same string when there is nothing to hide. */
export function maskUrl(url: string, depth = DEPTH): string {
  const clean = url.indexOf('@') < 0 ? url : url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${MASK}@`);
  if (clean.indexOf('=') < 0) return clean;
  return clean.replace(/(^|[?&;#])([^?&;=#/:]+)=([^&;#]*)/g, (whole: string, before: string, name: string, value: string) => {
    if (isSecretParameter(name)) return `${before}${name}=${MASK}`;
    // Where somebody is to be sent next, with what he is to bring.
    const masked = depth > 0 && /%(?:3d|40|25)|[=@]/i.test(value) ? maskInner(value, depth - 1) : value;
    return masked === value ? whole : `${before}${name}=${masked}`;
  });
}

/** A value that is a URL, encoded once or more often. */
function maskInner(value: string, depth: number): string {
  const inner = decode(value);
  const isEncoded = depth > 0 && inner.indexOf('=') < 0 && /%(?:3d|25)/i.test(inner);
  const masked = isEncoded ? maskInner(inner, depth - 1) : maskUrl(inner, depth);
  return masked === inner ? value : encodeURIComponent(masked);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
