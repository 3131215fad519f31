const SPECIAL = /[.+^$()|[\]\\]/g;

/** Does a URL path fit `/users/:id`, `/files/*`, `/a/:x?`? Segments only; one trailing slash is ignored. */
export function compileTemplate(template: string): (path: string) => boolean {
  const source = template
    .replace(/\/+$/, '')
    .replace(SPECIAL, '\\$&')
    .replace(/\/:[A-Za-z0-9_]+\?/g, '(?:/[^/]+)?')
    .replace(/:[A-Za-z0-9_]+(?:\\\([^/]*\\\))?/g, '[^/]+')
    .replace(/\/?\{?\*[A-Za-z0-9_]*\}?$/, '(?:/.*)?')
    .replace(/\*[A-Za-z0-9_]*/g, '.*')
    .replace(/[{}]/g, '');
  try {
    const pattern = new RegExp(`^${source}/?$`, 'i');
    return (path) => pattern.test(path);
  } catch {
    return () => false;
  }
}

/** Matches URL paths against static templates: exact beats parameter beats `*`. */
export function createMatcher(templates: readonly string[]): (path: string) => string | undefined {
  const exact = new Map<string, string>();
  const patterns: { template: string; fits: (path: string) => boolean }[] = [];
  for (const template of templates) {
    if (/[:*{]/.test(template)) patterns.push({ template, fits: compileTemplate(template) });
    else exact.set(trimSlash(template), template);
  }
  patterns.sort((a, b) => rank(b.template) - rank(a.template));
  return function match(path: string): string | undefined {
    const hit = exact.get(trimSlash(path));
    if (hit !== undefined) return hit;
    for (const pattern of patterns) if (pattern.fits(path)) return pattern.template;
    return undefined;
  };
}

/** More static segments first; anything with `*` last. */
function rank(template: string): number {
  const statics = template.split('/').filter((segment) => segment !== '' && !/[:*{]/.test(segment)).length;
  return statics - (template.indexOf('*') >= 0 ? 1000 : 0);
}

function trimSlash(path: string): string {
  return path.length > 1 && path.charAt(path.length - 1) === '/' ? path.slice(0, -1) : path;
}
