import { groupBy } from './group-by.ts';
import type { LogRecord, SpanRecord } from './records.ts';

export interface SpanNode {
  readonly span: SpanRecord;
  readonly children: readonly SpanNode[];
  readonly logs: readonly LogRecord[];
}

/** All spans of one trace id as trees. A healthy trace has one root and no orphan. */
export interface Trace {
  readonly traceId: string;
  /** Spans without a parent, or whose parent is the caller that was announced in `callers`. */
  readonly roots: readonly SpanNode[];
  /** Subtrees whose parent span never arrived. */
  readonly orphans: readonly SpanNode[];
  /** Records of this trace whose span never arrived. */
  readonly strayLogs: readonly LogRecord[];
  readonly services: readonly string[];
  readonly spanCount: number;
}

interface Draft {
  readonly span: SpanRecord;
  readonly children: Draft[];
  readonly logs: LogRecord[];
}

/** Spans whose parents lead back to themselves; only a broken exporter sends such. */
function findCycles(drafts: ReadonlyMap<string, Draft>, reached: ReadonlySet<Draft>): Draft[] {
  const cut: Draft[] = [];
  const done = new Set(reached);
  for (const draft of drafts.values()) {
    const path = new Set<Draft>();
    let at: Draft | undefined = draft;
    while (at && !done.has(at) && !path.has(at)) {
      path.add(at);
      at = drafts.get(at.span.parentSpanId);
    }
    if (at && path.has(at)) cut.push(at);
    for (const each of path) done.add(each);
  }
  return cut;
}

/** Cuts each cycle at one span, which becomes an orphan, so that every walk ends. */
function cutCycles(drafts: ReadonlyMap<string, Draft>, orphans: Draft[], roots: readonly Draft[]): void {
  const reached = new Set(walkSpans([...roots, ...orphans]));
  if (reached.size === drafts.size) return;
  for (const draft of findCycles(drafts, reached)) {
    const siblings = drafts.get(draft.span.parentSpanId)?.children;
    siblings?.splice(siblings.indexOf(draft), 1);
    orphans.push(draft);
  }
}

function buildTrace(traceId: string, spans: readonly SpanRecord[], logs: readonly LogRecord[], callers: ReadonlySet<string>): Trace {
  // An exporter that retries may send a span twice: the id decides.
  const drafts = new Map<string, Draft>();
  for (const span of spans) if (!drafts.has(span.spanId)) drafts.set(span.spanId, { span, children: [], logs: [] });
  const roots: Draft[] = [];
  const orphans: Draft[] = [];
  for (const draft of drafts.values()) {
    const { parentSpanId } = draft.span;
    const parent = drafts.get(parentSpanId);
    if (parentSpanId === '' || (!parent && callers.has(parentSpanId))) roots.push(draft);
    else if (!parent) orphans.push(draft);
    else parent.children.push(draft);
  }
  cutCycles(drafts, orphans, roots);
  const strayLogs: LogRecord[] = [];
  for (const log of logs) (drafts.get(log.spanId)?.logs ?? strayLogs).push(log);
  const services = [...new Set([...drafts.values()].map(({ span }) => span.service))].sort();
  return { traceId, roots, orphans, strayLogs, services, spanCount: drafts.size };
}

/** Groups spans and their logs into trees, one per trace id. `callers` are span ids of the one who asked, so their children are roots. */
export function buildTraces(spans: readonly SpanRecord[], logs: readonly LogRecord[], callers: ReadonlySet<string> = new Set()): Trace[] {
  const logsByTrace = groupBy(logs, (log) => log.traceId);
  return [...groupBy(spans, (span) => span.traceId)].map(([traceId, own]) =>
    buildTrace(traceId, own, logsByTrace.get(traceId) ?? [], callers),
  );
}

/** Every node of a forest, parents before children. */
export function* walkSpans<T extends { readonly children: readonly T[] }>(nodes: readonly T[]): Generator<T> {
  const stack = [...nodes].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    for (let at = node.children.length - 1; at >= 0; at -= 1) {
      const child = node.children[at];
      if (child) stack.push(child);
    }
  }
}
