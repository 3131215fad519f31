import { requiredBy } from './required-by';

/** Preloads that change how files load, not what they do; they and what they pull in may come first. */
const LOADERS = new Set([
  '@babel/core',
  '@babel/node',
  '@babel/polyfill',
  '@babel/register',
  '@swc-node/register',
  '@swc/core',
  '@swc/register',
  'babel-polyfill',
  'babel-register',
  'core-js',
  'dotenv',
  'dotenv-expand',
  'dotenv-flow',
  'dotenv-safe',
  'esbuild-register',
  'esm',
  'foreground-child',
  'module-alias',
  'node-preload',
  'nyc',
  'pm2',
  'reflect-metadata',
  'regenerator-runtime',
  'source-map-support',
  'spawn-wrap',
  'sucrase',
  'ts-node',
  'ts-node-dev',
  'tsconfig-paths',
  'tsx',
  'typescript',
]);

interface LoadedModule {
  readonly filename: string;
  readonly loaded: boolean;
  readonly children: readonly LoadedModule[];
  readonly parent?: { readonly id?: string } | null;
}

/** Package name of a file under node_modules; undefined for the application's own files. */
function packageOf(file: string): string | undefined {
  const path = file.split('\\').join('/');
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return undefined;
  const parts = path.slice(at + '/node_modules/'.length).split('/');
  const first = parts[0] || '';
  return first.charAt(0) === '@' ? `${first}/${parts[1]}` : first;
}

function isLoader(file: string): boolean {
  const name = packageOf(file);
  if (name === undefined) return file.indexOf(__dirname) === 0;
  return LOADERS.has(name) || name.indexOf('@opentelemetry/') === 0 || name === '@tracewright/middleware';
}

/** What the loaders pulled in themselves. */
function pulledInByLoaders(modules: readonly LoadedModule[]): Set<LoadedModule> {
  const found = new Set<LoadedModule>();
  const queue = modules.filter((module) => isLoader(module.filename));
  for (let module = queue.pop(); module !== undefined; module = queue.pop()) {
    if (found.has(module)) continue;
    found.add(module);
    for (const child of module.children) {
      if (packageOf(child.filename) !== undefined || isLoader(child.filename)) queue.push(child);
    }
  }
  return found;
}

/** A file that a flag preloads (`node -r ./config.js`) and that loads nothing but loaders: it reads a .env file, it sets up names. */
function preparesOnly(module: LoadedModule, innocent: ReadonlySet<LoadedModule>): boolean {
  if (packageOf(module.filename) !== undefined) return false;
  const parent = requiredBy(module);
  return !!parent && parent.id === 'internal/preload' && module.children.every((child) => innocent.has(child));
}

/** Packages and application files that finished loading before this file did, in loading order. */
function listLoadedBefore(): readonly string[] {
  try {
    const modules: LoadedModule[] = [];
    for (const key of Object.keys(require.cache)) {
      const module = require.cache[key];
      if (module) modules.push(module);
    }
    const innocent = pulledInByLoaders(modules);
    const names = new Set<string>();
    for (const module of modules) {
      if (!module.loaded || innocent.has(module) || /\.json$/.test(module.filename) || preparesOnly(module, innocent)) continue;
      names.add(packageOf(module.filename) || relative(module.filename));
    }
    return Array.from(names);
  } catch {
    return [];
  }
}

function relative(file: string): string {
  const cwd = process.cwd();
  return file.indexOf(cwd) === 0 ? file.slice(cwd.length + 1) : file;
}

/** Evaluated on load, before any OpenTelemetry package: the canary of a wrong loading order. */
export const loadedBefore: readonly string[] = listLoadedBefore();
