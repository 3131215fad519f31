import type { Node } from 'jsonc-parser';
import { parseJson, property, propertyAt, stringList, stringValue } from './json-text.ts';
import { packageDirs } from './manifests.ts';
import { baseName, dirOf, joinPath } from './paths.ts';
import { lineAt, type Reading } from './reading.ts';

/** The few compiler options that say where files go; folders are repository-relative. */
export interface TsConfig {
  readonly file: string;
  readonly line: number;
  readonly module?: string;
  readonly target?: string;
  readonly outDir?: string;
  readonly rootDir?: string;
  readonly noEmit?: boolean;
  /** True when it extends a package that is not in the repository. */
  readonly hasUnknownBase?: boolean;
  /** Leading literal folders of `include` and `files`. */
  readonly includes: readonly string[];
}

/** Every tsconfig in a folder, `tsconfig.json` first. */
export function tsConfigsIn(reading: Reading, dir: string): readonly TsConfig[] {
  return reading.once(`tsconfigs ${dir}`, () => {
    const files = reading.repo.files.filter((file) => dirOf(file) === dir && /^tsconfig(\..+)?\.json$/.test(baseName(file)));
    const ranked = files.toSorted((a, b) => rank(a) - rank(b));
    return ranked.flatMap((file) => readTsConfig(reading, file, 0) ?? []);
  });
}

const order = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.app.json', 'tsconfig.prod.json', 'tsconfig.server.json'];

function rank(file: string): number {
  const at = order.indexOf(baseName(file));
  return at === -1 ? order.length : at;
}

function readTsConfig(reading: Reading, file: string, depth: number): TsConfig | undefined {
  return reading.once(`tsconfig ${file}`, () => {
    const text = reading.has(file) ? reading.repo.read(file) : undefined;
    if (text === undefined || depth > 8) return undefined;
    const json = parseJson(text, 'relaxed');
    if (json.error) {
      reading.report('TW1009', `${file}: ${json.error.message}`, { file, line: json.error.line });
      if (json.root === undefined) return undefined;
    }
    const dir = dirOf(file);
    const bases = stringList(property(json.root, 'extends')).flatMap((name) => {
      const path = name.startsWith('.') ? joinPath(dir, name) : packagedPath(reading, name);
      if (path === undefined) return [presetOf(name, file)];
      return readTsConfig(reading, reading.has(path) || path.endsWith('.json') ? path : `${path}.json`, depth + 1) ?? [];
    });
    const base: Partial<TsConfig> = Object.assign({}, ...bases);
    return {
      ...base,
      ...ownOptions(json.root, dir),
      file,
      line: lineOf(text, json.root),
      includes: includesOf(json.root, dir) ?? base.includes ?? [],
    };
  });
}

function lineOf(text: string, root: Node | undefined): number {
  return lineAt(text, property(root, 'compilerOptions')?.offset ?? 0);
}

function ownOptions(root: Node | undefined, dir: string): Partial<TsConfig> {
  const option = (name: string): string | undefined => stringValue(propertyAt(root, 'compilerOptions', name));
  const folder = (name: string): string | undefined => {
    const value = option(name)?.replace(/^\$\{configDir\}\//, '');
    return value === undefined ? undefined : joinPath(dir, value);
  };
  const found = {
    module: option('module')?.toLowerCase(),
    target: option('target')?.toLowerCase(),
    outDir: folder('outDir'),
    rootDir: folder('rootDir'),
  };
  const noEmit: unknown = propertyAt(root, 'compilerOptions', 'noEmit')?.value;
  return {
    ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)),
    ...(typeof noEmit === 'boolean' && { noEmit }),
  };
}

function includesOf(root: Node | undefined, dir: string): string[] | undefined {
  const include = property(root, 'include');
  const files = property(root, 'files');
  if (!include && !files) return undefined;
  const folders = stringList(include)
    .map((glob) => glob.replace(/(^|\/)[^/]*[*?{].*$/, ''))
    .map((glob) => (/\.[cm]?tsx?$/.test(glob) ? dirOf(glob) : glob));
  return [...new Set([...folders, ...stringList(files).map(dirOf)].map((each) => joinPath(dir, each)))];
}

/** `@acme/tsconfig/base.json` of a workspace of this repository. */
function packagedPath(reading: Reading, name: string): string | undefined {
  const [, owner = name, rest = 'tsconfig.json'] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(name) ?? [];
  const dir = packageDirs(reading).get(owner);
  return dir === undefined ? undefined : joinPath(dir, rest);
}

/** Published bases; only their module matters here. */
function presetOf(name: string, file: string): TsConfig {
  const node = /^@tsconfig\/node(\d+|-lts)/.exec(name)?.[1];
  const module = node === undefined ? {} : { module: node === '-lts' || Number(node) >= 16 ? 'node16' : 'commonjs' };
  return { file, line: 1, ...module, hasUnknownBase: node === undefined, includes: [] };
}
