import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import ts from 'typescript';
import type { Files } from '../../harness/plan-fixture.ts';
import { readFolder } from '../../harness/read-folder.ts';
import { type Directives, parseDirectives } from './directives.ts';
import { type Express, lockOf, versionOf } from './packages.ts';

/** One program a person can read, as a tiny repository, and how to drive it. */
export interface Program {
  /** `<area>/<sentence>`, and the version of Express when there are two. */
  readonly name: string;
  readonly directives: Directives;
  readonly express: Express;
  /** npm packages it loads. */
  readonly packages: readonly string[];
  readonly files: Files;
}

const FOLDER = join(import.meta.dirname, '../programs');

/** What programs of one area load from beside them. */
const SHARED = 'shared';

/** Every program below `programs/`, in order. */
export function readPrograms(folder: string = FOLDER): readonly Program[] {
  return namesIn(folder).flatMap((area) =>
    namesIn(join(folder, area)).flatMap((name) =>
      name === SHARED ? [] : readProgram(`${area}/${name.replace(/\.[cm]?[jt]s$/, '')}`, join(folder, area, name)),
    ),
  );
}

function readProgram(name: string, path: string): readonly Program[] {
  try {
    const { sources, text } = statSync(path).isDirectory() ? readTree(path) : readSingle(path);
    const directives = parseDirectives(text);
    const packages = [...new Set([...packagesIn(sources), ...directives.packages])].sort();
    const majors = directives.express.length > 0 ? directives.express : ([5] as const);
    return majors.map((express) => ({
      name: majors.length > 1 ? `${name} (Express ${express})` : name,
      directives,
      express,
      packages,
      files: { ...manifestOf(sources, packages, express, directives), ...sources },
    }));
  } catch (error) {
    throw new Error(`tests/differential/programs/${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** A folder has its directives in `program.yaml`, and may have a `package.json`. */
function readTree(path: string): { sources: Files; text: string } {
  const { 'program.yaml': directives, ...sources } = readFolder(path) ?? {};
  return { sources, text: String(directives ?? '') };
}

/** The comment is for the harness: the program that is compared does not have it. */
function readSingle(path: string): { sources: Files; text: string } {
  const whole = readFileSync(path, 'utf8');
  const [comment = '', text = ''] = /^(?:#!.*\n)?\/\*\n([\s\S]*?)\*\/\n/.exec(whole) ?? [];
  const shebang = /^#!.*\n/.exec(whole)?.[0] ?? '';
  const sources = { [entryOf(extname(path))]: Buffer.from(shebang + whole.slice(comment.length)) };
  return { sources: { ...sources, ...(whole.includes(`./${SHARED}/`) && sharedBeside(path)) }, text };
}

function sharedBeside(path: string): Files {
  const files = readFolder(join(dirname(path), SHARED)) ?? {};
  return Object.fromEntries(Object.entries(files).map(([file, bytes]) => [`${SHARED}/${file}`, bytes]));
}

function entryOf(extension: string): string {
  return extension === '.ts' ? 'src/app.ts' : `app${extension}`;
}

function manifestOf(sources: Files, packages: readonly string[], express: Express, directives: Directives): Files {
  if (sources['package.json'] !== undefined) return {};
  const typescript = Object.keys(sources).some((file) => file.endsWith('.ts'));
  const entry = ['src/app.ts', 'app.mjs', 'app.cjs', 'app.js', 'index.js', 'server.js'].find((file) => sources[file] !== undefined);
  if (entry === undefined) throw new Error('no entry: app.cjs, app.mjs or src/app.ts, or a package.json with a start script');
  const launch = ['node', ...directives.nodeArgs, entry.replace(/^src\/(.*)\.ts$/, 'dist/$1.js'), ...directives.args].join(' ');
  const manifest = {
    name: 'program',
    version: '1.0.0',
    private: true,
    scripts: { ...(typescript && { build: 'tsc' }), start: launch },
    dependencies: Object.fromEntries(packages.map((name) => [name, versionOf(name, express)])),
  };
  return {
    'package.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    ...(directives.lock && { 'package-lock.json': Buffer.from(lockOf(packages, express)) }),
    ...(typescript && { 'tsconfig.json': Buffer.from(JSON.stringify({ compilerOptions: COMPILER }, null, 2)) }),
  };
}

const COMPILER = {
  target: 'es2020',
  module: 'commonjs',
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  rootDir: 'src',
  outDir: 'dist',
};

/** Every TypeScript file as `tsc` writes it with that configuration. */
export function compile(files: Files): Files {
  const { options } = ts.convertCompilerOptionsFromJson(COMPILER, '.');
  const compiled = Object.entries(files).flatMap(([file, text]) => {
    if (!/^src\/.*\.ts$/.test(file)) return [];
    const { outputText } = ts.transpileModule(text.toString(), { compilerOptions: options, fileName: file });
    return [[file.replace(/^src\/(.*)\.ts$/, 'dist/$1.js'), Buffer.from(outputText)] as const];
  });
  return { ...files, ...Object.fromEntries(compiled) };
}

/** Bare specifiers that are installed here. */
export function packagesIn(files: Files): readonly string[] {
  const found = Object.entries(files).flatMap(([file, text]) => {
    if (!/\.[cm]?[jt]s$/.test(file)) return [];
    return [...text.toString().matchAll(/(?:\brequire(?:\.resolve)?\(|\bfrom |\bimport\(|^import )\s*['"]([^.'"/][^'"]*)['"]/gm)].map(
      ([, specifier = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '',
    );
  });
  return [...new Set(found)].filter((name) => existsSync(join(import.meta.dirname, '../../../node_modules', name))).sort();
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
