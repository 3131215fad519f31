import { type ContentId, createContentId } from './content-id.ts';
import { compareContent, type Difference, type SpanPath } from './difference.ts';
import { fitSiblings, likeAttributes } from './fit-siblings.ts';
import type { Golden, GoldenTrace } from './golden.ts';
import { groupBy } from './group-by.ts';
import { labelOf, type NormalSpan } from './normal-form.ts';
import { type Loose, loosen, settleLoose } from './settle-loose.ts';

export interface CompareOptions {
  /** Spans that belong to no request; a missing span found among them was split off its trace. */
  readonly stray?: readonly NormalSpan[];
}

interface Comparison {
  readonly contentId: ContentId;
  readonly found: Difference[];
  readonly missing: Loose[];
  readonly extra: Loose[];
}

function likeness(a: NormalSpan, b: NormalSpan): number {
  const labels = new Set((b.children ?? []).map(labelOf));
  const children = (a.children ?? []).filter((child) => labels.has(labelOf(child))).length;
  return children * 4 + likeAttributes(a, b) + (a.status === b.status ? 1 : 0);
}

/** More candidates than these are alike anyway, and comparing each with each would take too long. */
const candidateLimit = 50;

/** Takes the counterpart out of `candidates`: the most alike of them. */
function takeBest(span: NormalSpan, candidates: NormalSpan[]): NormalSpan | undefined {
  const scores = candidates.slice(0, candidateLimit).map((candidate) => likeness(span, candidate));
  return scores.length === 0 ? undefined : candidates.splice(scores.indexOf(Math.max(...scores)), 1)[0];
}

/** Drops pairs that are equal to the last detail. */
function withoutEqual(contentId: ContentId, expected: readonly NormalSpan[], actual: readonly NormalSpan[]): [NormalSpan[], NormalSpan[]] {
  const left = groupBy(actual, contentId);
  const unmatched = expected.filter((span) => left.get(contentId(span))?.pop() === undefined);
  return [unmatched, [...left.values()].flat()];
}

function compareSiblings(all: Comparison, expected: readonly NormalSpan[], actual: readonly NormalSpan[], at: SpanPath): void {
  const fitted = fitSiblings(expected, actual, at);
  all.found.push(...fitted.found);
  const [wanted, given] = withoutEqual(all.contentId, fitted.expected, fitted.actual);
  const byLabel = groupBy(given, labelOf);
  const under = {};
  for (const span of wanted) {
    const twin = takeBest(span, byLabel.get(labelOf(span)) ?? []);
    if (twin) comparePair(all, span, twin, at);
    else all.missing.push(loosen(span, at, under));
  }
  for (const span of [...byLabel.values()].flat()) all.extra.push(loosen(span, at, under));
}

function comparePair(all: Comparison, expected: NormalSpan, actual: NormalSpan, at: SpanPath): void {
  all.found.push(...compareContent(expected, actual, at));
  compareSiblings(all, expected.children ?? [], actual.children ?? [], [...at, labelOf(expected)]);
}

/** All that a request caused which was not recorded. */
function whole(span: NormalSpan, request: string): Difference {
  const countBelow = ({ children = [] }: NormalSpan): number => children.reduce((sum, child) => sum + 1 + countBelow(child), 0);
  return { kind: 'extra', span: labelOf(span), at: [request], below: countBelow(span) };
}

/** The same request may be sent twice. */
function keyed(traces: readonly GoldenTrace[]): Map<string, GoldenTrace> {
  const byKey = new Map<string, GoldenTrace>();
  const counts = new Map<string, number>();
  for (const trace of traces) {
    const count = (counts.get(trace.request) ?? 0) + 1;
    counts.set(trace.request, count);
    byKey.set(count === 1 ? trace.request : `${trace.request} (${count})`, trace);
  }
  return byKey;
}

const gravity: readonly Difference['kind'][] = ['missing', 'split', 'merged', 'orphan', 'extra', 'renamed', 'moved', 'changed'];

/** Every way in which `actual` departs from `expected`; empty when they are equal. */
export function compareGolden(expected: Golden, actual: Golden, options: CompareOptions = {}): Difference[] {
  const all: Comparison = { contentId: createContentId(), found: [], missing: [], extra: [] };
  const given = keyed(actual.traces);
  const wanted = keyed(expected.traces);
  for (const key of new Set([...wanted.keys(), ...given.keys()])) {
    const [recorded, now] = [wanted.get(key), given.get(key)];
    if (recorded) compareSiblings(all, recorded.spans, now?.spans ?? [], [key]);
    // Another scenario, not another trace: what a new request caused was not moved there from one that is gone.
    else for (const span of now?.spans ?? []) all.found.push(whole(span, key));
  }
  const stray = (options.stray ?? []).map((span) => loosen(span, ['another trace'], {}, true));
  const found = [...all.found, ...settleLoose(all.missing, all.extra, stray, all.contentId)];
  return found.sort((a, b) => gravity.indexOf(a.kind) - gravity.indexOf(b.kind));
}
