import type { Changes, Given } from './trace-headers';

/** Name and value, as they go out; what else stands in a list of headers is kept as it is. */
export type Pair = readonly unknown[];

/** `[name, value, name, value]` */
export function pairsOf(flat: readonly unknown[]): Pair[] {
  const pairs: Pair[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) pairs.push([flat[index], flat[index + 1]]);
  return pairs;
}

export function flatten(pairs: readonly Pair[]): unknown[] {
  const flat: unknown[] = [];
  for (const [name, value] of pairs) flat.push(name, value);
  return flat;
}

/** A header that is there more than once has all its values. */
export function givenIn(pairs: readonly Pair[]): Given {
  return (name) => {
    const found = pairs.filter((pair) => isNamed(pair, name)).map((pair) => pair[1]);
    return found.length > 1 ? found : found[0];
  };
}

/** The first header of a name keeps its place and gets the value, others of that name go; what is new comes last. */
export function replaceIn(pairs: readonly Pair[], changes: Changes): Pair[] {
  let changed: Pair[] = pairs.slice();
  for (const [name, value] of changes) {
    const place = changed.findIndex((pair) => isNamed(pair, name));
    changed = changed.filter((pair, index) => index === place || !isNamed(pair, name));
    if (place >= 0) changed.splice(place, 1);
    if (value !== '') changed.splice(place < 0 ? changed.length : place, 0, [name, value]);
  }
  return changed;
}

function isNamed(pair: Pair, name: string): boolean {
  const found = pair && pair[0];
  return (typeof found === 'string' || Buffer.isBuffer(found)) && String(found).toLowerCase() === name;
}
