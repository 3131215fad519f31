import type { Golden, GoldenTrace } from './golden.ts';
import { contentOf, labelOf, type NormalSpan } from './normal-form.ts';

/** Where a span sits: the request, then the label of each ancestor. */
export type SpanPath = readonly string[];

/** One way in which a run departed from its golden file. */
export type Difference =
  | { readonly kind: 'missing' | 'extra'; readonly span: string; readonly at: SpanPath; readonly below: number }
  | { readonly kind: 'renamed'; readonly span: string; readonly to: string; readonly at: SpanPath }
  | { readonly kind: 'moved'; readonly span: string; readonly at: SpanPath; readonly to: SpanPath }
  | { readonly kind: 'split'; readonly span: string; readonly at: SpanPath }
  | {
      readonly kind: 'changed';
      readonly span: string;
      readonly at: SpanPath;
      /** `status`, `scope`, `orphan`, `events`, `links`, `logs`, or the attribute's key. */
      readonly what: string;
      readonly expected: string;
      readonly actual: string;
    };

export interface CompareOptions {
  /** Spans that belong to no request; a missing span found among them was split off its trace. */
  readonly stray?: readonly NormalSpan[];
}

/** A span without a counterpart at its place. */
interface Loose {
  readonly span: NormalSpan;
  readonly at: SpanPath;
  /** Same object for the two sides of one matched parent. */
  readonly under: object;
  readonly stray: boolean;
  /** Its counterpart was found at another place. */
  settled: boolean;
  readonly parts: readonly Loose[];
}

interface Comparison {
  readonly found: Difference[];
  readonly missing: Loose[];
  readonly extra: Loose[];
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
}

function compareContent(expected: NormalSpan, actual: NormalSpan, at: SpanPath, found: Difference[]): void {
  const span = labelOf(expected);
  const check = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b)) found.push({ kind: 'changed', span, at, what, expected: show(a), actual: show(b) });
  };
  for (const what of ['scope', 'status', 'orphan'] as const) check(what, expected[what], actual[what]);
  const keys = new Set([...Object.keys(expected.attributes ?? {}), ...Object.keys(actual.attributes ?? {})]);
  for (const key of [...keys].sort()) check(key, expected.attributes?.[key], actual.attributes?.[key]);
  for (const what of ['events', 'links', 'logs'] as const) check(what, expected[what], actual[what]);
}

function likeness(a: NormalSpan, b: NormalSpan): number {
  const labels = new Set((b.children ?? []).map(labelOf));
  const children = (a.children ?? []).filter((child) => labels.has(labelOf(child))).length;
  const attributes = Object.entries(a.attributes ?? {}).filter(([key, value]) => show(b.attributes?.[key]) === show(value)).length;
  return children * 4 + attributes + (a.status === b.status ? 1 : 0);
}

/** Takes the counterpart out of `from`: the most alike of those that `fits` accepts. */
function takeBest(span: NormalSpan, from: NormalSpan[], fits: (candidate: NormalSpan) => boolean): NormalSpan | undefined {
  let best = -1;
  let score = -1;
  for (const [index, candidate] of from.entries()) {
    if (!fits(candidate)) continue;
    const like = likeness(span, candidate);
    if (like > score) [best, score] = [index, like];
  }
  return best < 0 ? undefined : from.splice(best, 1)[0];
}

/** Drops pairs that are equal to the last detail. */
function withoutEqual(expected: readonly NormalSpan[], actual: readonly NormalSpan[]): [NormalSpan[], NormalSpan[]] {
  const left = new Map<string, NormalSpan[]>();
  for (const span of actual) left.set(contentOf(span), [...(left.get(contentOf(span)) ?? []), span]);
  const unmatched = expected.filter((span) => left.get(contentOf(span))?.pop() === undefined);
  const kept = new Set([...left.values()].flat());
  return [unmatched, actual.filter((span) => kept.has(span))];
}

function loosen(span: NormalSpan, at: SpanPath, under: object, stray = false): Loose {
  const below = [...at, labelOf(span)];
  return { span, at, under, stray, settled: false, parts: (span.children ?? []).map((child) => loosen(child, below, {}, stray)) };
}

function compareSiblings(all: Comparison, expected: readonly NormalSpan[], actual: readonly NormalSpan[], at: SpanPath): void {
  const [wanted, given] = withoutEqual(expected, actual);
  const under = {};
  for (const span of wanted) {
    const twin = takeBest(span, given, (candidate) => labelOf(candidate) === labelOf(span));
    if (twin) comparePair(all, span, twin, at);
    else all.missing.push(loosen(span, at, under));
  }
  for (const span of given) all.extra.push(loosen(span, at, under));
}

function comparePair(all: Comparison, expected: NormalSpan, actual: NormalSpan, at: SpanPath): void {
  compareContent(expected, actual, at, all.found);
  compareSiblings(all, expected.children ?? [], actual.children ?? [], [...at, labelOf(expected)]);
}

/** Every span of loose subtrees as its own candidate, parents first. */
function unfold(pool: readonly Loose[]): Loose[] {
  return pool.flatMap((loose) => [loose, ...unfold(loose.parts)]);
}

function groupByLabel(pool: readonly Loose[]): Map<string, Loose[]> {
  const groups = new Map<string, Loose[]>();
  for (const loose of pool) {
    const label = labelOf(loose.span);
    const group = groups.get(label);
    if (group) group.push(loose);
    else groups.set(label, [loose]);
  }
  return groups;
}

function isRename(from: Loose, to: Loose): boolean {
  const [a, b] = [from.span, to.span];
  const below = (span: NormalSpan): string => (span.children ?? []).map(labelOf).join('\n');
  return to.under === from.under && a.service === b.service && a.kind === b.kind && a.scope === b.scope && below(a) === below(b);
}

/** Same place, same kind, other name: a rename, unless either name also turns up elsewhere (then something moved). */
function settleRenames(all: Comparison, missing: ReadonlyMap<string, unknown>, extra: ReadonlyMap<string, unknown>): void {
  const added = all.extra.filter(({ span }) => !missing.has(labelOf(span)));
  for (const loose of all.missing.filter(({ span }) => !extra.has(labelOf(span)))) {
    const twin = added.find((candidate) => !candidate.settled && isRename(loose, candidate));
    if (!twin) continue;
    all.found.push({ kind: 'renamed', span: labelOf(loose.span), to: labelOf(twin.span), at: loose.at });
    settlePair(all, loose, twin);
  }
}

function settlePair(all: Comparison, expected: Loose, actual: Loose): void {
  expected.settled = true;
  actual.settled = true;
  compareContent(expected.span, actual.span, expected.at, all.found);
  for (const part of expected.parts) {
    const twin = actual.parts.find(({ span, settled }) => !settled && labelOf(span) === labelOf(part.span));
    if (twin) settlePair(all, part, twin);
  }
}

function settleMoves(all: Comparison, missing: readonly Loose[], extra: ReadonlyMap<string, readonly Loose[]>): void {
  for (const loose of missing) {
    if (loose.settled) continue;
    const alike = (extra.get(labelOf(loose.span)) ?? []).filter(({ settled }) => !settled);
    const twin = alike.find(({ span }) => contentOf(span) === contentOf(loose.span)) ?? alike[0];
    if (!twin) continue;
    const span = labelOf(loose.span);
    all.found.push(twin.stray ? { kind: 'split', span, at: loose.at } : { kind: 'moved', span, at: loose.at, to: twin.at });
    settlePair(all, loose, twin);
  }
}

/** A loose subtree is reported once, by its topmost span that was not found elsewhere. */
function reportLoose(kind: 'missing' | 'extra', pool: readonly Loose[], found: Difference[]): void {
  for (const loose of pool) {
    if (loose.settled) reportLoose(kind, loose.parts, found);
    else found.push({ kind, span: labelOf(loose.span), at: loose.at, below: unfold(loose.parts).filter((part) => !part.settled).length });
  }
}

const gravity: readonly Difference['kind'][] = ['missing', 'split', 'extra', 'renamed', 'moved', 'changed'];

function keyed(traces: readonly GoldenTrace[]): Map<string, GoldenTrace> {
  const byKey = new Map<string, GoldenTrace>();
  for (const trace of traces) {
    let key = trace.request;
    for (let again = 2; byKey.has(key); again += 1) key = `${trace.request} (${again})`;
    byKey.set(key, trace);
  }
  return byKey;
}

/** Every way in which `actual` departs from `expected`; empty when they are equal. */
export function compareGolden(expected: Golden, actual: Golden, options: CompareOptions = {}): Difference[] {
  const all: Comparison = { found: [], missing: [], extra: [] };
  const given = keyed(actual.traces);
  const wanted = keyed(expected.traces);
  for (const key of new Set([...wanted.keys(), ...given.keys()]))
    compareSiblings(all, wanted.get(key)?.spans ?? [], given.get(key)?.spans ?? [], [key]);
  const stray = (options.stray ?? []).map((span) => loosen(span, ['another trace'], {}, true));
  const missing = unfold(all.missing);
  const extra = groupByLabel(unfold([...all.extra, ...stray]));
  settleRenames(all, groupByLabel(missing), extra);
  settleMoves(all, missing, extra);
  reportLoose('missing', all.missing, all.found);
  reportLoose('extra', all.extra, all.found);
  return all.found.sort((a, b) => gravity.indexOf(a.kind) - gravity.indexOf(b.kind));
}
