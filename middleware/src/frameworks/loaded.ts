type Use = (exported: unknown) => void;

const wanted = new Map<string, Use>();
let known = 0;

/** Wants what a CommonJS package exports from a file, once it is loaded. */
export function whenLoaded(file: string, use: Use): void {
  wanted.set(`/node_modules/${file}`, use);
}

/**
 * Looks through what has been loaded: when the program has started, when a server listens and when its first request comes. No hook
 * runs when a module loads. A bundled library and one that is an ES module are not found.
 */
export function findLoaded(): void {
  try {
    const paths = Object.keys(require.cache);
    if (paths.length === known) return;
    known = paths.length;
    for (const path of paths) find(path);
  } catch {
    // Bundlers give no cache.
  }
}

const used = new WeakSet<object>();

function find(path: string): void {
  const plain = path.indexOf('\\') < 0 ? path : path.split('\\').join('/');
  const use = wanted.get(plain.slice(Math.max(plain.lastIndexOf('/node_modules/'), 0)));
  const module = use && require.cache[path];
  if (use === undefined || module === undefined || !module.loaded || used.has(module)) return;
  used.add(module);
  try {
    use(module.exports);
  } catch {
    // A library that cannot be watched runs as it is.
  }
}
