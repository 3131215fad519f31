import type { NormalSpan } from '../trace/index.ts';

/** One span of a tree, and how deep it stands; its parent is the last row before it that stands one less deep. */
export type SpanRow = Omit<NormalSpan, 'children'> & { readonly depth: number };

/** A span tree as rows, parents first. */
export function spanRows(spans: readonly NormalSpan[], depth = 0): readonly SpanRow[] {
  return spans.flatMap(({ children = [], ...span }) => [{ depth, ...span }, ...spanRows(children, depth + 1)]);
}
