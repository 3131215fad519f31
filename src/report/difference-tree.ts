import type { Difference } from '../trace/index.ts';

/** A span on the way to a difference, and the differences right below it. */
export interface DifferenceNode {
  readonly label: string;
  readonly differences: Difference[];
  readonly children: Map<string, DifferenceNode>;
}

/** Deeper paths are cut here; the label then holds the rest. */
const depthLimit = 24;

/** Differences as a tree of the places they are at; the first level holds the requests. */
export function differenceTree(differences: readonly Difference[]): DifferenceNode {
  const root: DifferenceNode = { label: '', differences: [], children: new Map() };
  for (const difference of differences) {
    const { at } = difference;
    const path = at.length > depthLimit ? [...at.slice(0, depthLimit - 1), at.slice(depthLimit - 1).join(' › ')] : at;
    let node = root;
    for (const label of path) {
      const next = node.children.get(label) ?? { label, differences: [], children: new Map() };
      node.children.set(label, next);
      node = next;
    }
    node.differences.push(difference);
  }
  return root;
}
