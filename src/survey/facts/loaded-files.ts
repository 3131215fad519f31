import type { Repo } from '../../contract/index.ts';
import { isInside } from '../read/paths.ts';
import { type Reading, startReading } from '../read/reading.ts';
import { codeOf, resolveRelative } from './source-facts.ts';

/** A module named by its text. */
const specifier = /(?:\brequire(?:\.resolve)?\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)(['"`])([^'"`$\n]+)\1/g;

/** What may load files that no text names: a computed path, a folder that is listed, a loader of a framework. */
const computed =
  /\brequire\s*\(\s*[^'"`\s)]|\brequire\s*\(\s*`[^`]*\$|\bimport\s*\(\s*[^'"`\s)]|\bimport\s*\(\s*`[^`]*\$|\brequire\s*[,;)\]]|\breaddir(Sync)?\b|\bglob|\brequire\.context\b|\brequire-?dir|\brequire-?all\b|\bautoload|\bimport\.meta\.glob|\bcreateRequire\b|\bmodule-alias\b|\bapp-module-path\b|\bautoImport|\bimportClassesFrom|\bawilix|\bconsign\b|\bexpress-load\b/i;

const reads = new WeakMap<Repo, Reading>();

/**
 * The files that programs load, by what their texts name from the entries on; undefined when some of them may load what no text names, so that
 * every file has to count. Only paths decide: a module named by an alias or a path mapping of TypeScript makes it undefined too.
 */
export function loadedFiles(repo: Repo, entries: readonly string[], home: string): ReadonlySet<string> | undefined {
  const reading = reads.get(repo) ?? startReading(repo);
  reads.set(repo, reading);
  return reading.once(`loaded ${entries.join(' ')}`, () => {
    const found = new Set(entries);
    for (const file of found) {
      if (!isSource(file)) continue;
      const named = namedBy(reading, file, home);
      if (named === undefined) return undefined;
      for (const each of named) found.add(each);
    }
    return found;
  });
}

/** JavaScript and TypeScript by their endings, and programs without one (`bin/www`). */
function isSource(file: string): boolean {
  return /\.[cm]?[jt]sx?$|(^|\/)[^./]+$/.test(file);
}

/** Files that a text names; undefined when it names, or may load, what cannot be found by a path. */
function namedBy(reading: Reading, file: string, home: string): readonly string[] | undefined {
  const code = codeOf(reading, file);
  if (computed.test(code)) return undefined;
  const specifiers = [...code.matchAll(specifier)].map(([, , text = '']) => text);
  const files = specifiers
    .filter((text) => text.startsWith('.'))
    .map((text) => resolveRelative(reading, file, text) ?? (isAsset(text) ? file : undefined));
  if (specifiers.some((text) => !text.startsWith('.') && isAlias(reading, text, home))) return undefined;
  return files.every((each) => each !== undefined) ? files : undefined;
}

/** What is loaded and runs nothing of its own. */
function isAsset(text: string): boolean {
  return /\.(json|node|css|s[ac]ss|less|svg|png|html|graphql|gql|txt|md|ya?ml|wasm|d\.ts)$/.test(text);
}

/** `@/models/user`, `~/x`, `#internal`, `src/models/user`: not a package of a registry. */
function isAlias(reading: Reading, specifier: string, home: string): boolean {
  if (/^[@~#]\/|^#|^~/.test(specifier)) return true;
  const [first = ''] = specifier.split('/');
  return [home, home === '' ? 'src' : `${home}/src`].some((base) => {
    const path = base === '' ? first : `${base}/${first}`;
    return (
      !specifier.startsWith('@') &&
      (reading.hasDir(path) || reading.repo.files.some((file) => isInside(base, file) && file.startsWith(`${path}.`)))
    );
  });
}
