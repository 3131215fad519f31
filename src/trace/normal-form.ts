import type { SpanNode, Trace } from './build-traces.ts';
import { walkSpans } from './build-traces.ts';
import type { Attributes, LogRecord, SpanEvent, SpanKind, SpanRecord } from './records.ts';
import { maskVolatile, stableAttributes } from './stable-attributes.ts';

export interface NormalEvent {
  readonly name: string;
  readonly attributes?: Attributes;
}

/** What stays of a span when ids, clocks, machines and user data are taken away. Absent means empty or UNSET. */
export interface NormalSpan {
  readonly service: string;
  readonly kind: SpanKind;
  readonly name: string;
  readonly scope: string;
  readonly status?: 'OK' | 'ERROR';
  readonly attributes?: Attributes;
  readonly events?: readonly NormalEvent[];
  /** What each link points at: `service KIND name`, or `outside`. */
  readonly links?: readonly string[];
  /** `SEVERITY scope` or `SEVERITY scope event` of each record; bodies are user data. */
  readonly logs?: readonly string[];
  /** Its parent span never arrived. */
  readonly orphan?: true;
  /** Only written by a person: how many such siblings there are, a number or a range such as `<..5>`. */
  readonly count?: number | string;
  /** Only written by a person: other spans may sit between this one and its parent. */
  readonly edge?: 'ancestor';
  readonly children?: readonly NormalSpan[];
}

export interface NormalFormOptions {
  /** Further attribute keys (`order.type`, `order.*`) that are known to carry no user data. */
  readonly attributes?: readonly string[];
  /** Is given the span that each part of the form was made from. */
  readonly origins?: Map<NormalSpan, SpanRecord>;
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `service KIND name`, as people and differences call a span. */
export function labelOf(span: { readonly service: string; readonly kind: string; readonly name: string }): string {
  return `${span.service} ${span.kind} ${span.name}`;
}

/** By label, then by everything below; whole subtrees are written out only for siblings of one label. */
function sortByContent(spans: readonly NormalSpan[]): NormalSpan[] {
  if (spans.length < 2) return [...spans];
  const texts = new Map<NormalSpan, string>();
  const textOf = (span: NormalSpan): string => {
    const text = texts.get(span) ?? JSON.stringify(span);
    texts.set(span, text);
    return text;
  };
  return spans
    .map((span) => ({ span, label: labelOf(span) }))
    .sort((a, b) => byCodeUnit(a.label, b.label) || byCodeUnit(textOf(a.span), textOf(b.span)))
    .map(({ span }) => span);
}

function logLine(log: LogRecord): string {
  return maskVolatile([log.severity, log.scope, log.event].filter((part) => part !== '').join(' '));
}

interface Setting {
  readonly allow: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly origins: Map<NormalSpan, SpanRecord> | undefined;
}

/** Empty parts stay out of the file. */
function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function normalEvent(event: SpanEvent, allow: readonly string[]): NormalEvent {
  const attributes = stableAttributes(event.attributes, allow);
  return { name: maskVolatile(event.name), ...(isEmpty(attributes) ? {} : { attributes }) };
}

function ownContent(
  span: SpanRecord,
  logs: readonly LogRecord[],
  { allow, labels, origins }: Setting,
  more: Partial<NormalSpan> = {},
): NormalSpan {
  const attributes = stableAttributes(span.attributes, allow);
  const events = span.events.map((event) => normalEvent(event, allow)).sort((a, b) => byCodeUnit(JSON.stringify(a), JSON.stringify(b)));
  const links = span.links.map((link) => labels.get(`${link.traceId}${link.spanId}`) ?? 'outside').sort(byCodeUnit);
  const lines = logs.map(logLine).sort(byCodeUnit);
  const content: NormalSpan = {
    service: span.service,
    kind: span.kind,
    name: maskVolatile(span.name),
    scope: span.scope,
    ...(span.status === 'UNSET' ? {} : { status: span.status }),
    ...(isEmpty(attributes) ? {} : { attributes }),
    ...(isEmpty(events) ? {} : { events }),
    ...(isEmpty(links) ? {} : { links }),
    ...(isEmpty(lines) ? {} : { logs: lines }),
    ...more,
  };
  origins?.set(content, span);
  return content;
}

/** A trace that gains a level with every poll has no end; deeper spans stand, all of them, below their ancestor at this level. */
export const levelLimit = 200;

function normalize(node: SpanNode, setting: Setting, level: number, isOrphan = false): NormalSpan {
  const below =
    level < levelLimit
      ? node.children.map((child) => normalize(child, setting, level + 1))
      : [...walkSpans(node.children)].map(({ span, logs }) => ownContent(span, logs, setting));
  const children = sortByContent(below);
  return ownContent(node.span, node.logs, setting, { ...(isEmpty(children) ? {} : { children }), ...(isOrphan && { orphan: true }) });
}

/** What each link can point at. */
function linkLabels(trace: Trace): Map<string, string> {
  const spans = [...walkSpans([...trace.roots, ...trace.orphans])].map(({ span }) => span);
  const targets = new Set(spans.flatMap(({ links }) => links.map(({ traceId, spanId }) => `${traceId}${spanId}`)));
  if (targets.size === 0) return new Map();
  return new Map(
    spans
      .map((span) => [`${span.traceId}${span.spanId}`, span] as const)
      .filter(([key]) => targets.has(key))
      .map(([key, span]) => [key, labelOf({ ...span, name: maskVolatile(span.name) })]),
  );
}

/**
 * The normal form of one trace: its roots, then its orphans, in canonical content order.
 *
 *   the same program and requests -> the same bytes, in whatever order, from whatever machine, at whatever time
 */
export function normalizeTrace(trace: Trace, options: NormalFormOptions = {}): NormalSpan[] {
  const setting = { allow: options.attributes ?? [], labels: linkLabels(trace), origins: options.origins };
  const roots = trace.roots.map((node) => normalize(node, setting, 1));
  const orphans = trace.orphans.map((node) => normalize(node, setting, 1, true));
  return [...sortByContent(roots), ...sortByContent(orphans)];
}
