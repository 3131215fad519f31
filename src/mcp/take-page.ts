import { TracewrightError } from '../contract/index.ts';

/** One answer's share of a long list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Names the list and the first item of the next page; undefined on the last. */
  readonly nextCursor?: string;
}

/** The first item that a cursor points at. Throws TW1091 when it belongs to another list. */
export function offsetOf(cursor: string | undefined, hash: string): number {
  if (cursor === undefined) return 0;
  const [whose, at] = cursor.split('.');
  if (whose !== shortHash(hash) || !/^\d{1,9}$/.test(at ?? '')) throw new TracewrightError('TW1091', cursor);
  return Number(at);
}

/** As many items as fit into `room` characters of JSON, at least one. */
export function takePage<Item>(all: readonly Item[], hash: string, offset: number, room: number): Page<Item> {
  const items: Item[] = [];
  let left = room;
  for (const item of all.slice(offset)) {
    left -= JSON.stringify(item).length + 1;
    if (left < 0 && items.length > 0) break;
    items.push(item);
  }
  const end = offset + items.length;
  return end < all.length ? { items, nextCursor: `${shortHash(hash)}.${end}` } : { items };
}

function shortHash(hash: string): string {
  return hash.slice(0, 16);
}
