import type { Repo } from '../contract/index.ts';
import { extensionOf } from './language.ts';
import { aliasTargets } from './path-alias.ts';
import { folderOf, joinPath } from './repo-path.ts';

const fileSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function hasFile(repo: Repo, file: string): boolean {
  const { files } = repo;
  let set = fileSets.get(files);
  if (set === undefined) {
    set = new Set(files);
    fileSets.set(files, set);
  }
  return set.has(file);
}

const modules = new WeakMap<Repo, Map<string, string | undefined>>();

/** File of the repository that an import means, as Node, TypeScript (with its path aliases) and bundlers resolve it; undefined for packages and missing files. */
export function resolveModule(repo: Repo, fromFile: string, specifier: string): string | undefined {
  const known = modules.get(repo) ?? new Map<string, string | undefined>();
  modules.set(repo, known);
  // The folder, the kind of file and the specifier decide.
  const question = `${folderOf(fromFile)}\0${extensionOf(fromFile)}\0${specifier}`;
  const before = known.get(question);
  if (before !== undefined || known.has(question)) return before;
  const found = findModule(repo, fromFile, specifier);
  known.set(question, found);
  return found;
}

function findModule(repo: Repo, fromFile: string, specifier: string): string | undefined {
  const extensions = /^[cm]?tsx?$/.test(extensionOf(fromFile)) ? [...typescript, ...javascript] : [...javascript, ...typescript];
  if (!/^\.{1,2}(\/|$)/.test(specifier)) {
    if (/^(node:|[#/])/.test(specifier)) return undefined;
    return firstFile(aliasTargets(repo, fromFile, specifier), (path) => resolvePath(repo, path, extensions));
  }
  const path = joinPath(folderOf(fromFile), specifier);
  if (path === undefined) return undefined;
  return specifier.endsWith('/') ? resolveFolder(repo, path, extensions) : resolvePath(repo, path, extensions);
}

function firstFile(paths: readonly string[], resolve: (path: string) => string | undefined): string | undefined {
  for (const path of paths) {
    const file = resolve(path);
    if (file !== undefined) return file;
  }
  return undefined;
}

function resolvePath(repo: Repo, path: string, extensions: readonly string[]): string | undefined {
  const candidates = path === '' ? [] : fileCandidates(path, extensions);
  return candidates.find((file) => hasFile(repo, file)) ?? resolveFolder(repo, path, extensions);
}

const javascript = ['js', 'cjs', 'mjs', 'jsx'];
const typescript = ['ts', 'tsx', 'mts', 'cts'];
const sourceExtensions: Readonly<Record<string, readonly string[]>> = { js: ['ts', 'tsx'], jsx: ['tsx'], mjs: ['mts'], cjs: ['cts'] };

function fileCandidates(path: string, extensions: readonly string[]): string[] {
  const extension = extensionOf(path);
  const stem = path.slice(0, path.length - extension.length);
  const compiledFrom = (sourceExtensions[extension] ?? []).map((each) => stem + each);
  return [path, ...compiledFrom, ...extensions.map((each) => `${path}.${each}`)];
}

function resolveFolder(repo: Repo, folder: string, extensions: readonly string[]): string | undefined {
  const inFolder = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const main = mainOf(hasFile(repo, inFolder('package.json')) ? repo.read(inFolder('package.json')) : undefined);
  const path = main === undefined ? undefined : joinPath(folder, main);
  const fromMain = path === undefined ? [] : [...fileCandidates(path, extensions), ...extensions.map((each) => `${path}/index.${each}`)];
  return [...fromMain, ...extensions.map((each) => inFolder(`index.${each}`))].find((file) => hasFile(repo, file));
}

function mainOf(manifest: string | undefined): string | undefined {
  if (manifest === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === 'object' && value !== null && 'main' in value && typeof value.main === 'string' ? value.main : undefined;
  } catch {
    return undefined;
  }
}
