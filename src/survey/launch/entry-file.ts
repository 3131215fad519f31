import { parseJson, property, stringValue } from '../read/json-text.ts';
import type { Manifest } from '../read/manifests.ts';
import { baseName, dirOf, extensionOf, isInside, joinPath, upwards, within } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import { type TsConfig, tsConfigsIn } from '../read/tsconfig.ts';

const sourceExtensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.es6', ''];
const buildFolders = /^(dist|build|lib|out|output|built|compiled|target|bin|\.build|\.dist|dist-[\w-]+|build-[\w-]+|js)$/;

/** The source file a person edits behind a path given to Node: a file, a folder, a path without extension, or build output. */
export function entryFile(reading: Reading, manifests: readonly Manifest[], path: string): string | undefined {
  if (path.startsWith('..')) return undefined;
  return reading.once(`entry ${path}`, () => {
    const direct = requireFile(reading, path, 0);
    const source = sourceOf(reading, manifests, direct ?? path);
    // Committed build output next to its source: the source is what a person edits.
    return source ?? (direct !== undefined && reading.has(direct) ? direct : undefined);
  });
}

/** As `require(path)` finds it. */
function requireFile(reading: Reading, path: string, depth: number): string | undefined {
  if (reading.has(path)) return path;
  const extended = ['.js', '.cjs', '.mjs', '.ts', '.json'].map((extension) => path + extension).find((each) => reading.has(each));
  if (extended !== undefined) return extended;
  if (!reading.hasDir(path) || depth > 2) return undefined;
  const manifest = joinPath(path, 'package.json');
  const main = reading.has(manifest) ? stringValue(property(parseJson(reading.repo.read(manifest) ?? '').root, 'main')) : undefined;
  const viaMain = main === undefined || main === '' || main === '.' ? undefined : requireFile(reading, joinPath(path, main), depth + 1);
  return (
    viaMain ??
    ['index.js', 'index.cjs', 'index.mjs', 'index.ts'].map((name) => joinPath(path, name)).find((each) => reading.has(each)) ??
    builtMain(path, main)
  );
}

/** A `main` that the build has yet to write. */
function builtMain(path: string, main: string | undefined): string | undefined {
  return main === undefined ? undefined : joinPath(path, main);
}

function sourceOf(reading: Reading, manifests: readonly Manifest[], path: string): string | undefined {
  if (/\.(ts|tsx|mts|cts)$/.test(path) && reading.has(path)) return undefined;
  const owners = upwards(dirOf(path)).filter((dir) => dir === '' || manifests.some((each) => each.dir === dir));
  for (const owner of owners) {
    const bundled = bundledFrom(reading, manifests, owner, path);
    if (bundled !== undefined) return bundled;
    const found = candidates(reading, owner, path).find((each) => reading.has(each) && each !== path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A bundle that is there, of a script that says what it is made of: an edit in it is gone after the next build. */
function bundledFrom(reading: Reading, manifests: readonly Manifest[], dir: string, path: string): string | undefined {
  const scripts = manifests.find((each) => each.dir === dir)?.scripts ?? [];
  for (const { command } of scripts) {
    const said = /\b(?:esbuild|ncc\s+build)\s([^&|;]*)/.exec(command)?.[1];
    if (said === undefined) continue;
    const [, kind, output = ''] = /(?:^|\s)(--outfile|--outdir|--out|-o)[= ]["']?([^\s"']+)/.exec(said) ?? [];
    const at = joinPath(dir, output);
    const entries = said
      .split(/\s+/)
      .map((word) => joinPath(dir, word.replace(/["']/g, '')))
      .filter((each) => sourceExtensions.includes(extensionOf(each)) && each !== path && reading.has(each));
    const made = entries.filter((entry) => {
      if (kind === '--outfile') return at === path;
      const name = kind === '--outdir' ? baseName(entry).replace(/\.\w+$/, '') : 'index';
      return kind !== undefined && [`${name}.js`, `${name}.cjs`, `${name}.mjs`].some((file) => joinPath(at, file) === path);
    });
    if (made.length === 1) return made[0];
  }
  return undefined;
}

function candidates(reading: Reading, dir: string, path: string): string[] {
  const configs = upwards(dir).flatMap((above) => tsConfigsIn(reading, above));
  const byConfig = configs
    .filter((config) => config.outDir !== undefined && config.outDir !== dir && isInside(config.outDir, path))
    .flatMap((config) => {
      return roots(config, dir).flatMap((root) => variants(joinPath(root, within(config.outDir ?? '', path))));
    });
  return [...byConfig, ...(reading.has(path) ? [] : guesses(dir, path))];
}

/** Where the files of outDir may come from: TypeScript takes the folder that all inputs share when rootDir is not stated. */
function roots(config: TsConfig, dir: string): string[] {
  if (config.rootDir !== undefined) return [config.rootDir];
  const home = dirOf(config.file);
  return [...new Set([...config.includes, joinPath(home, 'src'), home, joinPath(dir, 'src'), dir])];
}

/** Source names of one output file; the output's own extension says which kind comes first. */
function variants(output: string): string[] {
  const extension = extensionOf(output);
  const stem = extension === '' ? output : output.slice(0, -extension.length);
  const preferred = extension === '.mjs' ? ['.mts', '.ts'] : extension === '.cjs' ? ['.cts', '.ts'] : [];
  const files = [...preferred, ...sourceExtensions].filter((each) => each !== '').map((each) => stem + each);
  return extension === '' ? [...files, ...sourceExtensions.map((each) => joinPath(stem, `index${each}`))] : files;
}

/** Without a tsconfig (Babel, SWC, bundlers): the first build folder is replaced by the usual source folders. */
function guesses(dir: string, path: string): string[] {
  const parts = within(dir, path).split('/');
  const at = parts.findIndex((part) => buildFolders.test(part));
  if (at === -1) return [];
  const before = parts.slice(0, at).join('/');
  const rest = parts.slice(at + 1);
  const tails = rest.map((_part, index) => rest.slice(index).join('/'));
  const bases = ['src', 'source', 'app', 'server', 'server/src', 'backend', 'api', ''];
  const direct = tails.flatMap((tail) => bases.flatMap((base) => variants(joinPath(dir, before, base, tail))));
  return [...direct, ...nestedApps(dir, rest), ...bundleEntries(dir, before, baseName(path))];
}

/** `dist/apps/api/main.js` of Nx and Nest monorepos. */
function nestedApps(dir: string, rest: readonly string[]): string[] {
  const last = rest.at(-1) ?? '';
  const folder = rest.slice(0, -1).join('/');
  return [
    joinPath(dir, folder, 'src', last),
    joinPath(dir, 'apps', folder, 'src', last),
    joinPath(dir, 'packages', folder, 'src', last),
  ].flatMap(variants);
}

/** A bundle is often called otherwise than its entry. */
function bundleEntries(dir: string, before: string, name: string): string[] {
  if (!/^(index|main|server|app|bundle|www)\b/.test(name)) return [];
  const stems = ['index', 'main', 'server', 'app'];
  return ['src', ''].flatMap((base) =>
    stems.flatMap((stem) => ['.ts', '.js'].map((extension) => joinPath(dir, before, base, stem + extension))),
  );
}
