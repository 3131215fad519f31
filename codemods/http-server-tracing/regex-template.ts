/**
 * `/users/:id` for `/^\/users\/(?<id>\d+)$/`; undefined for every pattern that says more than segments.
 * One that is open at an end (`/\/users\/\d+/`) also fits longer paths; those keep the name without a route.
 */
export function regexTemplate(pattern: string): string | undefined {
  const isWhole = pattern.endsWith('$');
  const body = pattern
    .replace(/^\^/, '')
    .slice(0, isWhole ? -1 : undefined)
    .replace(/\\\/\?$/, '');
  // A slash inside [...] separates nothing.
  const segments = body.replace(/\[(?:[^\]\\]|\\.)*\]/g, (set) => set.replace(/\\?\//g, '%')).split(/\\?\//);
  if (segments.shift() !== '' || segments.length === 0) return undefined;
  const parts: string[] = [];
  for (const segment of segments) {
    const part = /^\(?\.[+*]\)?$/.test(segment) && parts.length === segments.length - 1 ? '*' : templatePart(segment, parts);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const template = `/${parts.join('/')}`;
  if (isWhole || parts.at(-1)?.startsWith(':')) return template;
  if (!pattern.startsWith('^')) return undefined;
  return template.endsWith('/') && template !== '/' ? `${template}*` : undefined;
}

function templatePart(segment: string, before: readonly string[]): string | undefined {
  if (/^(?:[\w~-]|\\[.\-_~])*$/.test(segment)) return segment.replaceAll('\\', '');
  const name = parameterOf(segment);
  return name === '' ? `:param${before.filter((each) => each.startsWith(':param')).length + 1}` : name && `:${name}`;
}

/** Name of a segment that is one parameter: '' for an unnamed one, undefined for anything else. */
function parameterOf(segment: string): string | undefined {
  const group = /^\((?:\?<([A-Za-z]\w*)>|\?:)?(.+)\)$/.exec(segment);
  const inner = group?.[2] ?? segment;
  const isOne = /^(?:\\[dw]|\[(?:[^\]\\]|\\.)+\])(?:[+*]|\{\d+(?:,\d*)?\})$/.test(inner);
  return isOne ? (group?.[1] ?? '') : undefined;
}
