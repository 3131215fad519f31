import { existsSync, readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindingsOf, callsInto, importsOf, type Source, sourceOf } from '../../src/ast/index.ts';
import { isShippedName } from '../../src/cohort/index.ts';
import { everyInstrumentation } from '../../src/libraries/index.ts';
import type { Law } from './laws.ts';
import { type Files, planOn } from './plan-fixture.ts';

const require = createRequire(import.meta.url);
const middleware = '@tracewright/middleware';

/** 10: every import that a codemod writes, in JavaScript too, resolves to a module that exists, and to exports that it has. */
export const importsExist: Law = (chain, { before }) => {
  const { files } = planOn(before, chain);
  return Object.entries(files).flatMap(([file, bytes]) => {
    if (before[file]?.equals(bytes) || !/\.[cm]?[jt]sx?$/.test(file)) return [];
    const source = sourceOf(file, bytes.toString('utf8'));
    if (source === undefined) return [];
    const known = new Set(usesIn(sourceOf(file, before[file]?.toString('utf8'))).map(({ said }) => said));
    return usesIn(source)
      .filter(({ said }) => !known.has(said))
      .flatMap((use) => faultOf(file, use, files) ?? []);
  });
};

interface Use {
  readonly module: string;
  /** '' for the module as a whole. */
  readonly name: string;
  readonly said: string;
}

/** Modules that a file loads at run time, and the exports of them that it uses. */
function usesIn(source: Source | undefined): readonly Use[] {
  if (source === undefined) return [];
  const modules = [
    ...new Set(importsOf(source).flatMap(({ specifier, typeOnly }) => (typeOnly || specifier === undefined ? [] : [specifier]))),
  ];
  return modules.flatMap((module) => {
    const bare = module.replace(/^node:/, '');
    const bound = bindingsOf(source, bare).map(({ origin }) => origin.path);
    const called = callsInto(source, bare).map(({ origin }) => origin.path);
    const named = importsOf(source)
      .filter(({ specifier }) => specifier === module)
      .flatMap(({ names }) => names.map(({ imported }) => (imported === '*' || imported === 'default' ? '' : imported)));
    const names = new Set(['', ...[...bound, ...called, ...named].map((path) => path.split('.')[0] ?? '')]);
    return [...names].map((name) => ({ module, name, said: `${module} ${name}` }));
  });
}

function faultOf(file: string, { module, name }: Use, files: Files): string | undefined {
  if (module.startsWith('.')) return resolves(file, module, files) ? undefined : `${file} loads ${module}, which is not there`;
  const exported = exportsOf(module);
  if (exported === undefined) return `${file} loads ${module}, which nothing provides`;
  return name === '' || exported === 'any' || exported.includes(name)
    ? undefined
    : `${file} loads ${name} of ${module}, which has no such export`;
}

/** A file beside it; `.js` may be what a compiler makes of a `.ts`. */
function resolves(file: string, module: string, files: Files): boolean {
  const path = posix.normalize(posix.join(posix.dirname(file), module));
  const stem = path.replace(/\.[cm]?jsx?$/, '');
  return [path, ...['.js', '.cjs', '.mjs', '.ts', '.tsx', '.cts', '.mts', '/index.js', '/index.ts'].map((end) => stem + end)].some(
    (each) => each in files,
  );
}

/** Exports of what a codemod may load: our middleware, OpenTelemetry packages of the tables, Node.js. `any`: there, and not looked into. */
function exportsOf(module: string): readonly string[] | 'any' | undefined {
  if (module === middleware || module.startsWith(`${middleware}/`)) return middlewareExports(module);
  const instrumentation = everyInstrumentation().filter(({ name }) => name === module);
  if (instrumentation.length > 0) return instrumentation.map((each) => each.exports);
  const bare = module.replace(/^node:/, '');
  if (builtinModules.includes(bare)) return Object.keys(require(bare));
  if (isShippedName(module)) return 'any';
  const [, owner = '', path = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(module) ?? [];
  return isShippedName(owner) && existsSync(fileURLToPath(new URL(`../../node_modules/${owner}/${path}`, import.meta.url)))
    ? 'any'
    : undefined;
}

/** By the built package: what `require` gets. */
function middlewareExports(module: string): readonly string[] | undefined {
  const home = new URL('../../middleware/', import.meta.url);
  const manifest: { exports: Record<string, { require?: { default?: string } }> } = JSON.parse(
    readFileSync(new URL('package.json', home), 'utf8'),
  );
  const entry = manifest.exports[`.${module.slice(middleware.length)}`]?.require?.default;
  return entry === undefined ? undefined : Object.keys(require(fileURLToPath(new URL(entry, home))));
}
