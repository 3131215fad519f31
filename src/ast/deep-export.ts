import { createRequire } from 'node:module';
import type { Repo } from '../contract/index.ts';
import { importsOf } from './imports.ts';
import { sourceOf } from './parse.ts';
import { resolveModule } from './resolve-module.ts';

/** A stretch of a file of the repository. */
export interface Stretch {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

const load = createRequire(import.meta.url);

/** Files handed to the compiler for one question. */
const enough = 40;

/** Shapes that only the compiler's own symbols follow: namespaces, `export import`, `export * as`. */
const shapes = /\b(namespace|module)\s+[\w$]+\s*\{|\bexport\s+import\b|\bexport\s*\*\s*as\b/;

/** Asks ts-morph what `path` (such as `Handlers.create`) of a file's exports is; undefined without loading it when the file has no shape that needs it. */
export function deepExport(repo: Repo, file: string, path: readonly string[]): Stretch | undefined {
  if (!shapes.test(repo.read(file) ?? '')) return undefined;
  const { Node, Project }: typeof import('ts-morph') = load('ts-morph');
  const compilerOptions = { allowJs: true, moduleResolution: 100, module: 99 };
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions,
  });
  for (const [each, text] of filesBehind(repo, file)) project.createSourceFile(`/${each}`, text);
  let declaration: import('ts-morph').Node | undefined = project.getSourceFile(`/${file}`);
  for (const name of path) {
    if (!Node.isSourceFile(declaration) && !Node.isModuleDeclaration(declaration)) return undefined;
    const exported: ReadonlyMap<string, readonly import('ts-morph').Node[]> = declaration.getExportedDeclarations();
    declaration = exported.get(name)?.[0];
    if (Node.isImportEqualsDeclaration(declaration)) declaration = declaration.getSymbol()?.getAliasedSymbol()?.getDeclarations()[0];
  }
  if (declaration === undefined || Node.isSourceFile(declaration)) return undefined;
  const value = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : declaration;
  return value && stretchOf(repo, value);
}

/** The compiler drops a BOM, and we count it. */
function stretchOf(repo: Repo, value: import('ts-morph').Node): Stretch {
  const file = value.getSourceFile().getFilePath().slice(1);
  const shift = repo.read(file)?.startsWith('\uFEFF') && !value.getSourceFile().getFullText().startsWith('\uFEFF') ? 1 : 0;
  return { file, start: value.getStart() + shift, end: value.getEnd() + shift };
}

function filesBehind(repo: Repo, file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const queue = [file];
  for (let at = queue.shift(); at !== undefined && found.size < enough; at = queue.shift()) {
    const text = repo.read(at);
    const source = sourceOf(at, text);
    if (text === undefined || source === undefined || found.has(at)) continue;
    found.set(at, text);
    for (const { specifier } of importsOf(source))
      queue.push(...(specifier === undefined ? [] : [resolveModule(repo, at, specifier) ?? []].flat()));
  }
  return found;
}
