import { parse } from 'jsonc-parser';
import type { Repo } from '../contract/index.ts';
import { folderOf, joinPath } from './repo-path.ts';

/** `paths` and `baseUrl` of one tsconfig.json; targets are repository paths. */
interface Aliases {
  readonly base: string | undefined;
  readonly patterns: readonly {
    readonly isExact: boolean;
    readonly prefix: string;
    readonly suffix: string;
    readonly targets: readonly string[];
  }[];
}

const known = new WeakMap<readonly string[], Map<string, Aliases | undefined>>();

/** Repository paths that a bare specifier may mean by the tsconfig.json (or jsconfig.json) nearest to the file; without extension. */
export function aliasTargets(repo: Repo, fromFile: string, specifier: string): readonly string[] {
  const aliases = nearestAliases(repo, folderOf(fromFile));
  if (aliases === undefined) return [];
  const fromPaths = aliases.patterns.flatMap(({ isExact, prefix, suffix, targets }) => {
    const fits = isExact
      ? specifier === prefix
      : specifier.startsWith(prefix) && specifier.endsWith(suffix) && specifier.length >= prefix.length + suffix.length;
    const rest = specifier.slice(prefix.length, specifier.length - suffix.length);
    return fits ? targets.map((target) => target.replace('*', () => rest)) : [];
  });
  const fromBase = aliases.base === undefined ? undefined : joinPath(aliases.base, specifier);
  return fromBase === undefined ? fromPaths : [...fromPaths, fromBase];
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
  return { base, patterns: entries.map(([pattern, targets]) => patternOf(base ?? folder, pattern, targets)) };
}

function patternOf(base: string, pattern: string, targets: unknown): Aliases['patterns'][number] {
  const [prefix = '', suffix = ''] = pattern.split('*');
  const list = Array.isArray(targets) ? targets.filter((each) => typeof each === 'string') : [];
  return { isExact: !pattern.includes('*'), prefix, suffix, targets: list.flatMap((each) => joinPath(base, each) ?? []) };
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
}
