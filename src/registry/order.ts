import { type Codemod, TracewrightError } from '../contract/index.ts';

/** Codemods so that each comes after all it names in `after`; ties: a bootstrap first, because it decides for all, then by id in code-unit order. */
export function orderCodemods(codemods: readonly Codemod[]): readonly Codemod[] {
  const known = new Map(codemods.map((codemod) => [codemod.meta.id, codemod]));
  const isBootstrap = (id: string): boolean => known.get(id)?.meta.kind === 'bootstrap';
  const sorted = [...known.keys()].sort();
  const waiting = [...sorted.filter(isBootstrap), ...sorted.filter((id) => !isBootstrap(id))];
  const ordered: Codemod[] = [];
  const placed = new Set<string>();
  while (waiting.length > 0) {
    const at = waiting.findIndex((id) => known.get(id)?.meta.after.every((other) => placed.has(other) || !known.has(other)));
    const codemod = known.get(waiting.splice(at, 1)[0] ?? '');
    if (at === -1 || codemod === undefined)
      throw new TracewrightError(
        'TW2090',
        `\`after\` goes in a circle: ${[...known.keys()]
          .filter((id) => !placed.has(id))
          .sort()
          .join(', ')}`,
      );
    placed.add(codemod.meta.id);
    ordered.push(codemod);
  }
  return ordered;
}
