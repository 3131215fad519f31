/** A non-empty environment variable, trimmed. */
export function readText(name: string): string | undefined {
  const value = process.env[name];
  const text = value === undefined ? '' : value.trim();
  return text === '' ? undefined : text;
}

export function readBoolean(name: string): boolean {
  return (readText(name) || '').toLowerCase() === 'true';
}

/** A number that is at least `minimum`; undefined when it is not set or not such a number. */
export function readNumber(name: string, minimum: number): number | undefined {
  const text = readText(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= minimum ? value : undefined;
}

/** Comma-separated words in lower case, e.g. of OTEL_TRACES_EXPORTER. */
export function readList(name: string): readonly string[] | undefined {
  const text = readText(name);
  if (text === undefined) return undefined;
  return text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

/** `key=value` pairs with percent-encoded values, e.g. of OTEL_RESOURCE_ATTRIBUTES. */
export function readPairs(name: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const part of (readText(name) || '').split(',')) {
    const at = part.indexOf('=');
    if (at <= 0) continue;
    const value = part.slice(at + 1).trim();
    pairs[part.slice(0, at).trim()] = decode(value.replace(/^"(.*)"$/, '$1'));
  }
  return pairs;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
