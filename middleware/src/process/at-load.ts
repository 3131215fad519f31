import Module from 'module';

/** A CommonJS module that has just been loaded; what is put into `exports` is what `require` gives. */
export interface Loaded {
  exports: unknown;
}

type Use = (module: Loaded) => void;

interface Loading {
  readonly id?: unknown;
  loaded?: boolean;
  exports?: unknown;
}

const wanted = new Map<string, Use[]>();
let isWatching = false;

/**
 * Wants a file of a package at the moment it has loaded, before anybody has got it. Node sets `loaded` on every module when it is made and
 * again when it has run: a setter on the prototype of modules sees that, and no stack trace tells. A bundled library and ES modules are not seen.
 */
export function atLoad(file: string, use: Use): void {
  const key = `/node_modules/${file}`;
  wanted.set(key, (wanted.get(key) || []).concat(use));
  if (isWatching) return;
  isWatching = true;
  watch(Module.prototype);
}

/** Those that were loaded before anybody asked for them. */
export function findLoadedBefore(): void {
  try {
    for (const path of Object.keys(require.cache)) {
      const module = require.cache[path];
      if (module !== undefined && module.loaded) use(keyOf(path), module);
    }
  } catch {
    // Bundlers give no cache.
  }
}

function watch(prototype: object): void {
  if (Object.getOwnPropertyDescriptor(prototype, 'loaded') !== undefined) return;
  Object.defineProperty(prototype, 'loaded', {
    configurable: true,
    get: () => undefined,
    set(this: Loading, value: unknown) {
      const key = keyOf(this.id);
      if (key !== undefined && wanted.has(key) && value === false) follow(this, key);
      else settle(this, value);
    },
  });
}

function follow(module: Loading, key: string): void {
  Object.defineProperty(module, 'loaded', {
    configurable: true,
    enumerable: true,
    get: () => false,
    set(this: Loading, value: unknown) {
      settle(this, value);
      if (value === true) use(key, this as Loaded);
    },
  });
}

function settle(module: Loading, value: unknown): void {
  Object.defineProperty(module, 'loaded', { configurable: true, enumerable: true, writable: true, value });
}

function use(key: string | undefined, module: Loaded): void {
  for (const one of (key !== undefined && wanted.get(key)) || []) {
    try {
      one(module);
    } catch {
      // A library that cannot be watched runs as it is.
    }
  }
}

/** `/node_modules/bullmq/dist/cjs/classes/job.js`, whatever lies before it. */
function keyOf(path: unknown): string | undefined {
  if (typeof path !== 'string') return undefined;
  const at = path.lastIndexOf('node_modules');
  if (at < 1) return undefined;
  const key = path.slice(at - 1);
  return key.indexOf('\\') < 0 ? key : key.split('\\').join('/');
}
