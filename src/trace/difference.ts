import { labelOf, type NormalSpan } from './normal-form.ts';
import { matchesValue } from './pattern.ts';

/** Where a span sits: the request, then the label of each ancestor. */
export type SpanPath = readonly string[];

/** One way in which a run departed from its golden file. */
export type Difference =
  | { readonly kind: 'missing' | 'extra'; readonly span: string; readonly at: SpanPath; readonly below: number }
  | { readonly kind: 'renamed'; readonly span: string; readonly to: string; readonly at: SpanPath }
  | { readonly kind: 'moved'; readonly span: string; readonly at: SpanPath; readonly to: SpanPath }
  /** A whole request that joined the trace of another one. */
  | { readonly kind: 'merged'; readonly span: string; readonly at: SpanPath; readonly to: SpanPath }
  | { readonly kind: 'split' | 'orphan'; readonly span: string; readonly at: SpanPath }
  | {
      readonly kind: 'changed';
      readonly span: string;
      readonly at: SpanPath;
      /** `status`, `scope`, `orphan`, `events`, `links`, `logs`, `count`, or the attribute's key. */
      readonly what: string;
      readonly expected: string;
      readonly actual: string;
    };

export function showValue(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** What differs between two spans that are each other's counterpart, children aside. */
export function compareContent(expected: NormalSpan, actual: NormalSpan, at: SpanPath): Difference[] {
  const found: Difference[] = [];
  const span = labelOf(expected);
  const check = (what: string, a: unknown, b: unknown): void => {
    if (!matchesValue(a, b)) found.push({ kind: 'changed', span, at, what, expected: showValue(a), actual: showValue(b) });
  };
  if (actual.orphan && !expected.orphan) found.push({ kind: 'orphan', span, at });
  else check('orphan', expected.orphan, actual.orphan);
  for (const what of ['scope', 'status'] as const) check(what, expected[what], actual[what]);
  const keys = new Set([...Object.keys(expected.attributes ?? {}), ...Object.keys(actual.attributes ?? {})]);
  for (const key of [...keys].sort()) check(key, expected.attributes?.[key], actual.attributes?.[key]);
  for (const what of ['events', 'links', 'logs'] as const) check(what, expected[what], actual[what]);
  return found;
}
