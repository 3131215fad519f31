import type { ContentId } from './content-id.ts';
import { compareContent, type Difference, type SpanPath } from './difference.ts';
import { groupBy } from './group-by.ts';
import { labelOf, type NormalSpan } from './normal-form.ts';

/** A span without a counterpart at its place. */
export interface Loose {
  readonly span: NormalSpan;
  readonly at: SpanPath;
  /** Same object for the two sides of one matched parent. */
  readonly under: object;
  /** It belongs to a trace of no request. */
  readonly stray: boolean;
  /** Its counterpart was found at another place. */
  settled: boolean;
  readonly parts: readonly Loose[];
}

export function loosen(span: NormalSpan, at: SpanPath, under: object, stray = false): Loose {
  const below = [...at, labelOf(span)];
  return { span, at, under, stray, settled: false, parts: (span.children ?? []).map((child) => loosen(child, below, {}, stray)) };
}

/** Every span of loose subtrees as its own candidate, parents first. */
function unfold(pool: readonly Loose[]): Loose[] {
  const all: Loose[] = [];
  const add = (loose: Loose): void => {
    all.push(loose);
    for (const part of loose.parts) add(part);
  };
  for (const loose of pool) add(loose);
  return all;
}

function settlePair(expected: Loose, actual: Loose): Difference[] {
  expected.settled = true;
  actual.settled = true;
  const found = compareContent(expected.span, actual.span, expected.at);
  const open = groupBy(
    actual.parts.filter(({ settled }) => !settled),
    ({ span }) => labelOf(span),
  );
  for (const part of expected.parts) {
    const twin = open.get(labelOf(part.span))?.shift();
    if (twin) found.push(...settlePair(part, twin));
  }
  return found;
}

function labels(pool: readonly Loose[]): Set<string> {
  return new Set(unfold(pool).map(({ span }) => labelOf(span)));
}

/** What a rename leaves as it was. */
function frame({ service, kind, scope, children = [] }: NormalSpan): string {
  return [service, kind, scope, ...children.map(labelOf)].join('\n');
}

/** Same place, same kind, other name: a rename, unless either name also turns up elsewhere (then something moved). */
function settleRenames(missing: readonly Loose[], extra: readonly Loose[]): Difference[] {
  const [gone, come] = [labels(missing), labels(extra)];
  const unknown = extra.filter(({ span }) => !gone.has(labelOf(span))).reverse();
  const added = new Map(
    [...groupBy(unknown, ({ under }) => under)].map(([under, pool]) => [under, groupBy(pool, ({ span }) => frame(span))]),
  );
  return missing
    .filter(({ span }) => !come.has(labelOf(span)))
    .flatMap((loose) => {
      const twin = takeOpen(added.get(loose.under)?.get(frame(loose.span)));
      if (!twin) return [];
      const renamed: Difference = { kind: 'renamed', span: labelOf(loose.span), to: labelOf(twin.span), at: loose.at };
      return [renamed, ...settlePair(loose, twin)];
    });
}

/** The next one that was not found elsewhere yet; settled ones are dropped on the way. */
function takeOpen(pool: Loose[] | undefined): Loose | undefined {
  for (let loose = pool?.pop(); loose !== undefined; loose = pool?.pop()) if (!loose.settled) return loose;
  return undefined;
}

/** What happened to a span that is at another place; a lost parent is told by its content. */
function wayOf(span: string, { at }: Loose, twin: Loose): Difference[] {
  if (twin.stray) return [{ kind: 'split', span, at }];
  if (twin.span.orphan) return [];
  const joined = at.length === 1 && twin.at[0] !== at[0];
  return [{ kind: joined ? 'merged' : 'moved', span, at, to: twin.at }];
}

function settleMoves<K>(missing: readonly Loose[], extra: readonly Loose[], keyOf: (span: NormalSpan) => K): Difference[] {
  const pools = groupBy([...extra].reverse(), ({ span }) => keyOf(span));
  return missing.flatMap((loose) => {
    const twin = loose.settled ? undefined : takeOpen(pools.get(keyOf(loose.span)));
    if (!twin) return [];
    const span = labelOf(loose.span);
    return [...wayOf(span, loose, twin), ...settlePair(loose, twin)];
  });
}

/** A loose subtree is reported once, by its topmost span that was not found elsewhere. */
function reportLoose(kind: 'missing' | 'extra', pool: readonly Loose[]): Difference[] {
  return pool.flatMap((loose) => {
    if (loose.settled) return reportLoose(kind, loose.parts);
    const below = unfold(loose.parts).filter((part) => !part.settled).length;
    return [{ kind, span: labelOf(loose.span), at: loose.at, below }];
  });
}

/** Explains spans without a counterpart: renamed, moved, split off, missing or extra. */
export function settleLoose(
  missing: readonly Loose[],
  extra: readonly Loose[],
  stray: readonly Loose[],
  contentId: ContentId,
): Difference[] {
  const renamed = settleRenames(missing, extra);
  const [wanted, given] = [unfold(missing), unfold([...extra, ...stray])];
  // A span that lost its parent is the same span; without this its children would be found first.
  const contentOf = ({ orphan: _orphan, ...span }: NormalSpan): number => contentId(span);
  const moved = [...settleMoves(wanted, given, contentOf), ...settleMoves(wanted, given, labelOf)];
  return [...renamed, ...moved, ...reportLoose('missing', missing), ...reportLoose('extra', extra)];
}
