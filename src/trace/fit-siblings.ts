import type { Difference, SpanPath } from './difference.ts';
import { labelOf, type NormalSpan } from './normal-form.ts';
import { isPattern, matchesText, matchesValue, parseRange } from './pattern.ts';

interface Fitted {
  readonly expected: readonly NormalSpan[];
  readonly actual: readonly NormalSpan[];
  readonly found: readonly Difference[];
}

function isLike(expected: NormalSpan, actual: NormalSpan): boolean {
  return expected.service === actual.service && expected.kind === actual.kind && matchesText(expected.name, actual.name);
}

function plain({ count: _count, edge: _edge, ...span }: NormalSpan): NormalSpan {
  return span;
}

/** What is left when one span is taken out from below others; those that only led to it go with it. */
function liftFrom(
  siblings: readonly NormalSpan[],
  wanted: NormalSpan,
  known: (span: NormalSpan) => boolean,
): { rest: NormalSpan[]; lifted?: NormalSpan } {
  for (const [index, sibling] of siblings.entries()) {
    const children = sibling.children ?? [];
    const own = children.find((child) => isLike(wanted, child));
    const deeper = own ? { rest: children.filter((child) => child !== own), lifted: own } : liftFrom(children, wanted, known);
    if (!deeper.lifted) continue;
    const keeps = deeper.rest.length > 0 || known(sibling);
    const { children: _children, ...bare } = sibling;
    const left = keeps ? [deeper.rest.length > 0 ? { ...bare, children: deeper.rest } : bare] : [];
    return { rest: [...siblings.slice(0, index), ...left, ...siblings.slice(index + 1)], lifted: deeper.lifted };
  }
  return { rest: [...siblings] };
}

/** Brings spans that may sit deeper (`"edge": "ancestor"`) up to their place; infrastructure spans between fall away. */
function lift(expected: readonly NormalSpan[], actual: readonly NormalSpan[]): readonly NormalSpan[] {
  let siblings = [...actual];
  const known = (span: NormalSpan): boolean => expected.some((each) => isLike(each, span));
  for (const span of expected.filter(({ edge }) => edge === 'ancestor')) {
    const wanted = expected.filter((each) => labelOf(each) === labelOf(span)).length;
    const atMost = span.count === undefined ? wanted : Number.POSITIVE_INFINITY;
    for (let here = siblings.filter((each) => isLike(span, each)).length; here < atMost; here += 1) {
      const { rest, lifted } = liftFrom(siblings, span, known);
      if (!lifted) break;
      siblings = [...rest, lifted];
    }
  }
  return siblings;
}

function allowed(count: number | string): { readonly low: number; readonly high: number } {
  if (typeof count === 'number') return { low: count, high: count };
  return parseRange(count) ?? { low: 1, high: 1 };
}

/** One expected span for each that came, and a word when they are too many or too few. */
function multiply(span: NormalSpan, actual: readonly NormalSpan[], at: SpanPath): { spans: NormalSpan[]; found: Difference[] } {
  if (span.count === undefined) return { spans: [plain(span)], found: [] };
  const present = actual.filter((each) => isLike(span, each)).length;
  const { low, high } = allowed(span.count);
  const spans = Array.from({ length: present }, () => plain(span));
  if (present >= low && present <= high) return { spans, found: [] };
  return {
    spans,
    found: [{ kind: 'changed', span: labelOf(span), at, what: 'count', expected: String(span.count), actual: String(present) }],
  };
}

/** Gives spans whose name is a pattern the name the golden file writes, so that they can be found by it. */
function rename(expected: readonly NormalSpan[], actual: readonly NormalSpan[]): readonly NormalSpan[] {
  const patterns = expected.filter(({ name }) => isPattern(name));
  if (patterns.length === 0) return actual;
  const exact = new Set(expected.map(labelOf));
  return actual.map((span) => {
    const pattern = exact.has(labelOf(span)) ? undefined : patterns.find((each) => isLike(each, span));
    return pattern ? { ...span, name: pattern.name } : span;
  });
}

/** Applies what a person may declare in a golden file (name patterns, counts, ancestor edges) to one level of both trees. */
export function fitSiblings(expected: readonly NormalSpan[], actual: readonly NormalSpan[], at: SpanPath): Fitted {
  const lifted = expected.some(({ edge }) => edge !== undefined) ? lift(expected, actual) : actual;
  const fitted = expected.map((span) => multiply(span, lifted, at));
  return {
    expected: fitted.flatMap(({ spans }) => spans),
    actual: rename(expected, lifted),
    found: fitted.flatMap(({ found }) => found),
  };
}

/** How many attributes are as expected, patterns included. */
export function likeAttributes(expected: NormalSpan, actual: NormalSpan): number {
  return Object.entries(expected.attributes ?? {}).filter(([key, value]) => matchesValue(value, actual.attributes?.[key])).length;
}
