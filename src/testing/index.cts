// What `require('tracewright/testing')` gives: everything here waits anyway, so the ES modules are loaded by the first call.
import type * as testing from './index.ts' with { 'resolution-mode': 'import' };

const path: typeof import('node:path') = require('node:path');
const url: typeof import('node:url') = require('node:url');
const vm: typeof import('node:vm') = require('node:vm');

type Testing = typeof testing;

const source = url.pathToFileURL(path.join(__dirname, 'index.js')).href;

/** Jest runs tests in a realm that cannot import; the loader of Node.js itself can, since 20.12. */
function load(): Promise<Testing> {
  const loader = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  if (loader === undefined) return import('./index.ts');
  const script: (file: string) => Promise<Testing> = vm.runInThisContext('(file) => import(file)', { importModuleDynamically: loader });
  return script(source);
}

let loaded: Promise<Testing> | undefined;

function whenLoaded(): Promise<Testing> {
  loaded ??= load();
  return loaded;
}

const lazy: Pick<Testing, 'expectTrace' | 'matchers' | 'startProgram' | 'startReceiver'> = {
  startReceiver: async (...given) => (await whenLoaded()).startReceiver(...given),
  startProgram: async (...given) => (await whenLoaded()).startProgram(...given),
  expectTrace: (...given) => ({
    toHaveSpan: async (pattern) => (await whenLoaded()).expectTrace(...given).toHaveSpan(pattern),
    toBeOneTrace: async () => (await whenLoaded()).expectTrace(...given).toBeOneTrace(),
    toPropagate: async (from, to) => (await whenLoaded()).expectTrace(...given).toPropagate(from, to),
    toMatchGoldenTrace: async (name, options) => (await whenLoaded()).expectTrace(...given).toMatchGoldenTrace(name, options),
  }),
  matchers: {
    toHaveSpan: async (...given) => (await whenLoaded()).matchers.toHaveSpan(...given),
    toBeOneTrace: async (...given) => (await whenLoaded()).matchers.toBeOneTrace(...given),
    toPropagate: async (...given) => (await whenLoaded()).matchers.toPropagate(...given),
    toMatchGoldenTrace: async (...given) => (await whenLoaded()).matchers.toMatchGoldenTrace(...given),
  },
};

module.exports = lazy;
