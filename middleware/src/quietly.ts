import fs = require('fs');
import Module = require('module');

interface Place {
  readonly owner: object;
  readonly key: string;
  readonly value: unknown;
}

const extensions: unknown = Reflect.get(Module, '_extensions');

/** What Node goes through to load a file, as it is before the program runs. */
const places: readonly Place[] = [
  ...placesOf(Module, ['_load', '_resolveFilename', '_findPath']),
  ...placesOf(Module.prototype, ['require', '_compile']),
  ...placesOf(Object(extensions), ['.js', '.json']),
  ...placesOf(fs, ['readFileSync', 'realpathSync', 'statSync', 'existsSync']),
];

function placesOf(owner: object, keys: readonly string[]): readonly Place[] {
  return keys.map((key) => ({ owner, key, value: Reflect.get(owner, key) }));
}

/**
 * Loads what is loaded late. Programs replace these functions to mock modules and files, or to say what is loaded: it is for what they load
 * themselves. They are back when this returns, and nothing of the program runs until then.
 */
export function quietly<T>(load: () => T): T {
  const replaced = places.filter(({ owner, key, value }) => value !== undefined && Reflect.get(owner, key) !== value);
  if (replaced.length === 0) return load();
  const theirs = replaced.map(({ owner, key }) => Object.getOwnPropertyDescriptor(owner, key));
  try {
    for (const { owner, key, value } of replaced)
      Reflect.defineProperty(owner, key, { configurable: true, enumerable: true, writable: true, value });
    return load();
  } finally {
    replaced.forEach(({ owner, key }, at) => {
      const descriptor = theirs[at];
      if (descriptor === undefined) Reflect.deleteProperty(owner, key);
      else Reflect.defineProperty(owner, key, descriptor);
    });
  }
}
