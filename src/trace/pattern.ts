import { escapePattern } from '../contract/escape-pattern.ts';

/** What stands for a volatile value in a golden file: `<any>`, `<secret>`, `<uuid>`, `<id>`, `<number>`, `<time>`, or a range such as `<200..299>`. */
const token = /<(any|secret|uuid|id|number|time|(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?)>/g;

const sources: Readonly<Record<string, string>> = {
  any: '.*',
  secret: '.*',
  uuid: '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  id: '[\\w-]+',
  number: '-?\\d+(?:\\.\\d+)?',
  time: '\\d{4}-\\d\\d-\\d\\d(?:[T ][\\d:.,]+)?(?:Z|[+-]\\d\\d:?\\d\\d)?',
};

/** The numbers a range such as `<1..3>`, `<..5>` or `<200..>` allows; undefined for other text. */
export function parseRange(text: string): { readonly low: number; readonly high: number } | undefined {
  const found = /^<(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?>$/.exec(text);
  if (!found) return undefined;
  const [, low, high] = found;
  return {
    low: low === undefined ? Number.NEGATIVE_INFINITY : Number(low),
    high: high === undefined ? Number.POSITIVE_INFINITY : Number(high),
  };
}

/** Text with tokens as a matcher; `undefined` when it holds none and only equals itself. */
function compile(text: string): ((value: string) => boolean) | undefined {
  const ranges: { readonly low: number; readonly high: number }[] = [];
  let source = '';
  let end = 0;
  for (const found of text.matchAll(token)) {
    const range = parseRange(found[0]);
    if (range) ranges.push(range);
    // A recorded name may hold the token itself, because names are masked.
    source += `${escapePattern(text.slice(end, found.index))}${range ? '(-?\\d+(?:\\.\\d+)?)' : `(?:${escapePattern(found[0])}|${sources[found[1] ?? '']})`}`;
    end = found.index + found[0].length;
  }
  if (end === 0) return undefined;
  const expression = new RegExp(`^${source}${escapePattern(text.slice(end))}$`, 's');
  return (value) => {
    const found = expression.exec(value);
    return found !== null && ranges.every(({ low, high }, index) => Number(found[index + 1]) >= low && Number(found[index + 1]) <= high);
  };
}

const compiled = new Map<string, ((value: string) => boolean) | undefined>();

function matcherOf(text: string): ((value: string) => boolean) | undefined {
  if (!text.includes('<')) return undefined;
  if (!compiled.has(text)) compiled.set(text, compile(text));
  return compiled.get(text);
}

/** Whether the text holds a token, so that it can match other text. */
export function isPattern(text: string): boolean {
  return matcherOf(text) !== undefined;
}

/** Whether text or a number is what a golden file states, tokens included. */
export function matchesText(expected: string, actual: string): boolean {
  return expected === actual || (matcherOf(expected)?.(actual) ?? false);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether any value is what a golden file states: `<any>` is every value but none at all. */
export function matchesValue(expected: unknown, actual: unknown): boolean {
  if (expected === '<any>') return actual !== undefined;
  if (typeof expected === 'string')
    return typeof actual === 'string' || typeof actual === 'number'
      ? matchesText(expected, String(actual)) && (typeof actual === 'string' || isPattern(expected))
      : false;
  if (isList(expected) && isList(actual))
    return expected.length === actual.length && expected.every((item, index) => matchesValue(item, actual[index]));
  if (
    typeof expected !== 'object' ||
    expected === null ||
    typeof actual !== 'object' ||
    actual === null ||
    isList(actual) ||
    isList(expected)
  )
    return JSON.stringify(expected) === JSON.stringify(actual);
  const given = new Map(Object.entries(actual));
  const wanted = Object.entries(expected);
  return wanted.length === given.size && wanted.every(([key, value]) => matchesValue(value, given.get(key)));
}
