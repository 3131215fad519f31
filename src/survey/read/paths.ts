import { posix } from 'node:path';
import { escapePattern } from '../../contract/escape-pattern.ts';

/** Folder of a repository-relative path; '' is the root. */
export function dirOf(file: string): string {
  const dir = posix.dirname(file);
  return dir === '.' ? '' : dir;
}

/** Joins and normalizes; '' is the root, and a result that starts with `..` lies outside the repository. */
export function joinPath(...parts: readonly string[]): string {
  const joined = posix.normalize(parts.filter((part) => part !== '').join('/') || '.').replace(/\/+$/, '');
  return joined === '.' ? '' : joined;
}

export function isInside(dir: string, file: string): boolean {
  return dir === '' || file === dir || file.startsWith(`${dir}/`);
}

/** `file` as seen from `dir`, which contains it. */
export function within(dir: string, file: string): string {
  return dir === '' ? file : file.slice(dir.length + 1);
}

export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Extension with its dot, '' when there is none; `.d.ts` counts as one. */
export function extensionOf(file: string): string {
  const name = baseName(file);
  if (name.endsWith('.d.ts')) return '.d.ts';
  return posix.extname(name);
}

/** The folder itself and everything above it, nearest first, ending in ''. */
export function upwards(dir: string): string[] {
  const found = [dir];
  for (let at = dir; at !== ''; ) {
    at = dirOf(at);
    found.push(at);
  }
  return found;
}

const byDir = new WeakMap<readonly { readonly dir: string }[], ReadonlyMap<string, unknown>>();

/** Of things that have a folder, the one with the deepest folder around a path. */
export function deepestAround<T extends { readonly dir: string }>(all: readonly T[], path: string): T | undefined {
  // Kept for this very list, so its values are of its type.
  const index = (byDir.get(all) as ReadonlyMap<string, T> | undefined) ?? new Map(all.toReversed().map((each) => [each.dir, each]));
  byDir.set(all, index);
  const dir = upwards(path).find((each) => index.has(each));
  return dir === undefined ? undefined : index.get(dir);
}

const globSyntax: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

/** Path glob (`*`, `**`, `?`, `{a,b}`) as a whole-string expression. */
export function globExpression(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\{[^}]*\}|[.+^$()|[\]\\]/g, (token) => {
    const known = globSyntax[token];
    if (known !== undefined) return known;
    if (!token.startsWith('{')) return `\\${token}`;
    return `(?:${token.slice(1, -1).split(',').map(escapePattern).join('|')})`;
  });
  return new RegExp(`^${source}$`);
}
