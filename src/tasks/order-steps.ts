import { TracewrightError } from '../contract/index.ts';
import { byCodeUnit } from '../engine/plan/canonical.ts';

interface Ordered {
  readonly id: string;
  readonly after: readonly string[];
}

/** Steps so that each comes after all it names; ties by id, whatever order they came in. Throws TW4003 and TW4004. */
export function orderSteps<Item extends Ordered>(steps: readonly Item[]): readonly Item[] {
  const known = new Set(steps.map(({ id }) => id));
  for (const { id, after } of steps) {
    const missing = after.find((name) => !known.has(name));
    if (missing !== undefined) throw new TracewrightError('TW4004', `'${id}' comes after '${missing}', which is no step`);
  }
  let waiting = [...steps].sort((a, b) => byCodeUnit(a.id, b.id));
  const placed = new Set<string>();
  const ordered: Item[] = [];
  while (waiting.length > 0) {
    const free = waiting.find(({ after }) => after.every((name) => placed.has(name)));
    if (free === undefined) throw new TracewrightError('TW4003', circleOf(waiting).join(' -> '));
    placed.add(free.id);
    ordered.push(free);
    waiting = waiting.filter((step) => step !== free);
  }
  return ordered;
}

/** One circle among steps of which each waits for another of them. */
function circleOf(waiting: readonly Ordered[]): readonly string[] {
  const byId = new Map(waiting.map((step) => [step.id, step]));
  const way: string[] = [];
  for (let at = waiting[0]; at !== undefined; at = byId.get(at.after.find((name) => byId.has(name)) ?? '')) {
    if (way.includes(at.id)) return [...way.slice(way.indexOf(at.id)), at.id];
    way.push(at.id);
  }
  return way;
}
