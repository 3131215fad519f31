import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, visit, type YAMLMap } from 'yaml';

/** What the aliases and merge keys (`<<`) of one document stand for, found in one walk: one at a time, each is a walk of its own. */
export interface Merges {
  /** The node an alias stands for, or the node itself. */
  resolved(node: unknown): Node | undefined;
  /** Values of a map by key, its own first, then those of the maps it merges. */
  valuesOf(map: YAMLMap): ReadonlyMap<unknown, unknown>;
}

const known = new WeakMap<Document.Parsed, Merges>();

/** Made once per document. */
export function mergesOf(document: Document.Parsed): Merges {
  const found = known.get(document) ?? findMerges(document);
  known.set(document, found);
  return found;
}

function findMerges(document: Document.Parsed): Merges {
  const { targets, maps } = anchorsIn(document);
  const resolved = (node: unknown): Node | undefined => {
    const target = isAlias(node) ? targets.get(node) : node;
    return isMap(target) || isSeq(target) || isScalar(target) ? target : undefined;
  };
  const all = new Map<YAMLMap, Map<unknown, unknown>>();
  const valuesOf = (map: YAMLMap): ReadonlyMap<unknown, unknown> => {
    const done = all.get(map);
    if (done !== undefined) return done;
    const values = new Map<unknown, unknown>();
    // Before it is filled: a map can merge itself.
    all.set(map, values);
    addMissing(
      values,
      map.items.flatMap(({ key, value }) => (isScalar(key) ? [[key.value, value] as const] : [])),
    );
    for (const merged of mergedInto(map, resolved))
      addMissing(
        values,
        [...valuesOf(merged)].filter(([key]) => key !== '<<'),
      );
    return values;
  };
  // What is merged stands before what merges it, so that in this order no call leads deep.
  for (const map of maps) valuesOf(map);
  return { resolved, valuesOf };
}

function addMissing(values: Map<unknown, unknown>, more: Iterable<readonly [key: unknown, value: unknown]>): void {
  for (const [key, value] of more) if (!values.has(key)) values.set(key, value);
}

function mergedInto(map: YAMLMap, resolved: Merges['resolved']): readonly YAMLMap[] {
  const stated = map.items.filter(({ key }) => isScalar(key) && key.value === '<<').map(({ value }) => resolved(value));
  return stated.flatMap((node) => (isSeq(node) ? node.items.map(resolved) : [node])).filter((node) => isMap(node));
}

/** An alias stands for the last node before it that has its name. */
function anchorsIn(document: Document.Parsed): { readonly targets: ReadonlyMap<Alias, Node>; readonly maps: readonly YAMLMap[] } {
  const named = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const maps: YAMLMap[] = [];
  visit(document, {
    Node(_key, node) {
      if (isMap(node)) maps.push(node);
      if (isAlias(node)) {
        const target = named.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) named.set(node.anchor, node);
    },
  });
  return { targets, maps };
}
