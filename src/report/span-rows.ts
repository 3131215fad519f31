import type { SpanNode, Trace } from '../trace/index.ts';

/** One line of a waterfall. */
export interface SpanRow {
  readonly node: SpanNode;
  /** 0 for a root. */
  readonly depth: number;
  readonly orphan: boolean;
}

function byStart(nodes: readonly SpanNode[]): readonly SpanNode[] {
  return [...nodes].sort((a, b) => a.span.startMs - b.span.startMs || (a.span.name < b.span.name ? -1 : 1));
}

/** The spans of a trace as a person reads them: parents before children, earlier before later. Safe for chains of any depth. */
export function spanRows({ roots, orphans }: Trace): SpanRow[] {
  const rows: SpanRow[] = [];
  const stack: SpanRow[] = [];
  const push = (nodes: readonly SpanNode[], depth: number, orphan: boolean): void => {
    for (const node of byStart(nodes).toReversed()) stack.push({ node, depth, orphan });
  };
  push(orphans, 0, true);
  push(roots, 0, false);
  for (let row = stack.pop(); row; row = stack.pop()) {
    rows.push(row);
    push(row.node.children, row.depth + 1, false);
  }
  return rows;
}

/** First start and length of what rows cover. */
export function timeOf(rows: readonly SpanRow[]): { readonly startMs: number; readonly wholeMs: number } {
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = Number.NEGATIVE_INFINITY;
  for (const { node } of rows) {
    startMs = Math.min(startMs, node.span.startMs);
    endMs = Math.max(endMs, node.span.startMs + node.span.durationMs);
  }
  return rows.length === 0 ? { startMs: 0, wholeMs: 0 } : { startMs, wholeMs: endMs - startMs };
}
