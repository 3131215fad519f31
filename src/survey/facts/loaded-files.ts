import type { Repo } from '../../contract/index.ts';
import { type Reading, startReading } from '../read/reading.ts';
import { codeOf, resolveRelative } from './source-facts.ts';

/** A module named by its text. */
const specifier = /(?:\brequire(?:\.resolve)?\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)(['"`])([^'"`$\n]+)\1/g;

/** What may load files that no text names: a computed path, a folder that is listed, a loader of a framework. */
const computed =
  /\brequire\s*\(\s*[^'"`\s)]|\brequire\s*\(\s*`[^`]*\$|\bimport\s*\(\s*[^'"`\s)]|\bimport\s*\(\s*`[^`]*\$|\brequire\s*[,;)\]]|\breaddir(Sync)?\b|\bglob|\brequire\.context\b|\brequire-?dir|\brequire-?all\b|\bautoload|\bimport\.meta\.glob|\bcreateRequire\b|\bmodule-alias\b|\bapp-module-path\b|\bautoImport|\bimportClassesFrom|\bawilix|\bconsign\b|\bexpress-load\b/i;

const reads = new WeakMap<Repo, Reading>();

/** Files that the texts name from the entries on, and whether that is all: not where some of them may load what no text names. */
export interface Reached {
  readonly files: ReadonlySet<string>;
  readonly complete: boolean;
}

/**
 * The files that programs load, by what their texts name from the entries on; undefined when some of them may load what no text names, so that
 * every file has to count. Only paths decide: a module named by an alias or a path mapping of TypeScript makes it undefined too.
 */
export function loadedFiles(repo: Repo, entries: readonly string[], home: string): ReadonlySet<string> | undefined {
  const { files, complete } = reachedFiles(repo, entries, home);
  return complete ? files : undefined;
}

/** As far as texts name files. */
export function reachedFiles(repo: Repo, entries: readonly string[], home: string): Reached {
  const reading = reads.get(repo) ?? startReading(repo);
  reads.set(repo, reading);
  return reading.once(`loaded ${entries.join(' ')}`, () => {
    const files = new Set(entries);
    let complete = true;
    for (const file of files) {
      if (!isSource(file)) continue;
      const named = namedBy(reading, file, home);
      complete &&= named.complete;
      for (const each of named.files) files.add(each);
    }
    return { files, complete };
  });
}

/** JavaScript and TypeScript by their endings, and programs without one (`bin/www`). */
function isSource(file: string): boolean {
  return /\.[cm]?[jt]sx?$|(^|\/)[^./]+$/.test(file);
}

/** Files that a text names; not complete when it names, or may load, what cannot be found by a path. */
function namedBy(reading: Reading, file: string, home: string): { readonly files: readonly string[]; readonly complete: boolean } {
  const code = codeOf(reading, file);
  const specifiers = [...code.matchAll(specifier)].map(([, , text = '']) => text);
  const found = specifiers
    .filter((text) => text.startsWith('.'))
    .map((text) => resolveRelative(reading, file, text) ?? (isAsset(text) ? file : undefined));
  const files = found.filter((each) => each !== undefined);
  const isPlain = !computed.test(code) && files.length === found.length;
  return { files, complete: isPlain && !specifiers.some((text) => !text.startsWith('.') && isAlias(reading, text, home)) };
}

/** What is loaded and runs nothing of its own. */
function isAsset(text: string): boolean {
  return /\.(json|node|css|s[ac]ss|less|svg|png|html|graphql|gql|txt|md|ya?ml|wasm|d\.ts)$/.test(text);
}

/** `@/models/user`, `~/x`, `#internal`, `src/models/user`: not a package of a registry. */
function isAlias(reading: Reading, specifier: string, home: string): boolean {
  if (/^[@~#]\/|^#|^~/.test(specifier)) return true;
  const [first = ''] = specifier.split('/');
  if (specifier.startsWith('@')) return false;
  return [home, home === '' ? 'src' : `${home}/src`].some((base) => {
    const path = base === '' ? first : `${base}/${first}`;
    return reading.hasDir(path) || stemsOf(reading).has(path);
  });
}

/** Paths of all files, each up to every dot. */
function stemsOf(reading: Reading): ReadonlySet<string> {
  return reading.once('stems', () => {
    const stems = new Set<string>();
    for (const file of reading.repo.files)
      for (let at = file.indexOf('.'); at !== -1; at = file.indexOf('.', at + 1)) stems.add(file.slice(0, at));
    return stems;
  });
}
