const MASK = 'REDACTED';
const SECRETS = new Set(
  (
    'apikey accesskey accesskeyid accesstoken auth authorization authtoken bearer code credential credentials idtoken jwt key keyid otp ' +
    'pass passphrase passwd password passwords pin pwd refreshtoken secret secrets session sessionid sid sig signature ssn token tokens'
  ).split(' '),
);

/** The URL or query string with user info and the values of secret-like parameters replaced; the same string when there is nothing to hide. */
export function maskUrl(url: string): string {
  const clean = url.indexOf('@') < 0 ? url : url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${MASK}@`);
  return clean.indexOf('=') < 0 ? clean : clean.replace(/(^|[?&;])([^?&;=#/:]+)=([^&;#]*)/g, maskParameter);
}

function maskParameter(whole: string, before: string, name: string): string {
  return isSecret(name) ? `${before}${name}=${MASK}` : whole;
}

/** `token`, `accessToken`, `X-Amz-Signature`, `user[password]`; not `sort_key` or `country_code`. */
function isSecret(name: string): boolean {
  const words = decode(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  if (words.length > 1) {
    const last = words[words.length - 1];
    if (last === 'code' || last === 'pin') return false;
    if (last === 'key' || last === 'id')
      return SECRETS.has(words.slice(-2).join('')) || /^(?:private|secret|encryption)$/.test(words[words.length - 2] || '');
  }
  return words.some((word) => SECRETS.has(word));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
