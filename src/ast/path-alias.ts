import { parse } from 'jsonc-parser';
import type { Repo } from '../contract/index.ts';
import { folderOf, joinPath } from './repo-path.ts';

interface Pattern {
  /** Place among the patterns of the file, which is the order in which they are tried. */
  readonly index: number;
  readonly prefix: string;
  readonly suffix: string;
  readonly targets: readonly string[];
}

/** `paths` and `baseUrl` of one tsconfig.json; targets are repository paths. */
interface Aliases {
  readonly base: string | undefined;
  readonly exact: ReadonlyMap<string, readonly Pattern[]>;
  /** By what stands before the star. */
  readonly starred: ReadonlyMap<string, readonly Pattern[]>;
  readonly longestPrefix: number;
}

const known = new WeakMap<readonly string[], Map<string, Aliases | undefined>>();

/** Repository paths that a bare specifier may mean by the tsconfig.json (or jsconfig.json) nearest to the file; without extension. */
export function aliasTargets(repo: Repo, fromFile: string, specifier: string): readonly string[] {
  const aliases = nearestAliases(repo, folderOf(fromFile));
  if (aliases === undefined) return [];
  const fromPaths = patternsFor(aliases, specifier).flatMap(({ prefix, suffix, targets }) => {
    const rest = specifier.slice(prefix.length, specifier.length - suffix.length);
    return targets.map((target) => target.replace('*', () => rest));
  });
  const fromBase = aliases.base === undefined ? undefined : joinPath(aliases.base, specifier);
  return fromBase === undefined ? fromPaths : [...fromPaths, fromBase];
}

/** Those that fit, in the order of the file; a project may have thousands of patterns, so they are looked up by every prefix. */
function patternsFor({ exact, starred, longestPrefix }: Aliases, specifier: string): readonly Pattern[] {
  const found = [...(exact.get(specifier) ?? [])];
  for (let length = 0; length <= Math.min(longestPrefix, specifier.length); length++) {
    const patterns = starred.get(specifier.slice(0, length)) ?? [];
    found.push(...patterns.filter(({ suffix }) => specifier.endsWith(suffix) && specifier.length >= length + suffix.length));
  }
  return found.sort((a, b) => a.index - b.index);
}

function nearestAliases(repo: Repo, folder: string): Aliases | undefined {
  const cache = known.get(repo.files) ?? new Map<string, Aliases | undefined>();
  known.set(repo.files, cache);
  if (cache.has(folder)) return cache.get(folder);
  const own = ['tsconfig.json', 'jsconfig.json']
    .map((name) => (folder === '' ? name : `${folder}/${name}`))
    .find((file) => repo.files.includes(file));
  const aliases =
    own === undefined ? (folder === '' ? undefined : nearestAliases(repo, folderOf(folder))) : readAliases(folder, repo.read(own) ?? '');
  cache.set(folder, aliases);
  return aliases;
}

function readAliases(folder: string, text: string): Aliases {
  const config: unknown = parse(text.replace(/^\uFEFF/, ''));
  const options = memberOf(config, 'compilerOptions');
  const baseUrl = memberOf(options, 'baseUrl');
  const base = typeof baseUrl === 'string' ? joinPath(folder, baseUrl) : undefined;
  const paths = memberOf(options, 'paths');
  const entries = typeof paths === 'object' && paths !== null ? Object.entries(paths) : [];
  const patterns = entries.map(([pattern, targets], index) => ({ ...patternOf(base ?? folder, pattern, targets, index), pattern }));
  const starred = patterns.filter(({ pattern }) => pattern.includes('*'));
  return {
    base,
    exact: byPrefix(patterns.filter(({ pattern }) => !pattern.includes('*'))),
    starred: byPrefix(starred),
    longestPrefix: starred.reduce((longest, { prefix }) => Math.max(longest, prefix.length), 0),
  };
}

function byPrefix(patterns: readonly Pattern[]): ReadonlyMap<string, readonly Pattern[]> {
  const found = new Map<string, Pattern[]>();
  for (const each of patterns) {
    const known = found.get(each.prefix);
    if (known === undefined) found.set(each.prefix, [each]);
    else known.push(each);
  }
  return found;
}

function patternOf(base: string, pattern: string, targets: unknown, index: number): Pattern {
  const [prefix = '', suffix = ''] = pattern.split('*');
  const list = Array.isArray(targets) ? targets.filter((each) => typeof each === 'string') : [];
  return { index, prefix, suffix, targets: list.flatMap((each) => joinPath(base, each) ?? []) };
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
}
