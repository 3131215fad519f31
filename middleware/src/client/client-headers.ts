import type { ClientState } from './client-span';
import { flatten, givenIn, type Pair, pairsOf, replaceIn } from './header-pairs';
import { changesFor } from './trace-headers';

type Write = (headers: unknown) => unknown;

/**
 * Writes the header block of a request with its trace context. `headers` is what Node hands to `_storeHeader`: its own table of
 * `lower-case name: [name, value]`, nothing at all, or the array that the program gave, flat or in pairs.
 * The table has the context only while it is written, and an array is copied: the program finds its headers as it set them.
 */
export function writeWithContext(headers: unknown, state: ClientState, write: Write): unknown {
  if (Array.isArray(headers)) return write(withContext(headers, state));
  if (typeof headers !== 'object' || headers === null) return write(withContext([], state));
  const table: Record<string, unknown> = Object(headers);
  const changes = changesFor(state.own, (name) => valueIn(table[name]), state.passesOn);
  const before = changes.map(([name]) => table[name]);
  // An empty list of values writes no line.
  for (const [name, value] of changes) table[name] = [name, value === '' ? [] : value];
  try {
    return write(headers);
  } finally {
    changes.forEach(([name], index) => {
      if (before[index] === undefined) delete table[name];
      else table[name] = before[index];
    });
  }
}

function valueIn(entry: unknown): unknown {
  return Array.isArray(entry) ? entry[1] : undefined;
}

function withContext(headers: readonly unknown[], state: ClientState): readonly unknown[] {
  const isFlat = headers.length > 0 && !Array.isArray(headers[0]);
  // Node refuses it.
  if (isFlat && headers.length % 2 !== 0) return headers;
  const pairs = isFlat ? pairsOf(headers) : (headers as readonly Pair[]);
  const changed = replaceIn(pairs, changesFor(state.own, givenIn(pairs), state.passesOn));
  return isFlat ? flatten(changed) : changed;
}
