import { parse } from 'jsonc-parser';
import { importsOf, type Source } from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { isRecord } from '../../src/contract/record.ts';
import { folderOf, joinPath } from './paths.ts';

/** Compiler options that decide what a bootstrap may import. */
export interface CompilerOptions {
  readonly skipLibCheck: boolean;
  readonly allowJs: boolean;
  /** True when `types` names the ambient declarations, so that others stay out. */
  readonly namesTypes: boolean;
  /** True when imports are written out as they stand, which refuses `import` in a file that becomes CommonJS. */
  readonly verbatimModuleSyntax: boolean;
}

/** Options of the tsconfig.json in a folder. */
export function compilerOptions(folder: string, repo: Repo): CompilerOptions {
  return { ...none, ...optionsIn(repo, joinPath(folder, 'tsconfig.json'), 0) };
}

const none: CompilerOptions = { skipLibCheck: false, allowJs: false, namesTypes: false, verbatimModuleSyntax: false };

/** True for a file that loads modules with `import x = require()` only, because its compiler takes nothing else. */
export function wantsImportEquals(source: Source, repo: Repo): boolean {
  const kinds = importsOf(source).flatMap(({ kind, typeOnly }) => (typeOnly ? [] : [kind]));
  if (!kinds.includes('import-equals') || kinds.includes('import')) return false;
  return foldersAbove(source.file).some((folder) => optionsIn(repo, joinPath(folder, 'tsconfig.json'), 0).verbatimModuleSyntax === true);
}

function foldersAbove(file: string): readonly string[] {
  const folders = [folderOf(file)];
  while (folders.at(-1) !== '') folders.push(folderOf(folders.at(-1) ?? ''));
  return folders;
}

/** Options of a tsconfig with those it extends, as far as they are files of this repository. */
function optionsIn(repo: Repo, file: string, depth: number): Partial<CompilerOptions> {
  const text = repo.read(file);
  if (text === undefined || depth > 5) return {};
  const config: unknown = parse(text, [], { allowTrailingComma: true });
  const inherited = parentsOf(config).map((parent) => optionsIn(repo, resolveConfig(folderOf(file), parent), depth + 1));
  return Object.assign({}, ...inherited, ownOptions(config));
}

function parentsOf(config: unknown): readonly string[] {
  const parents = isRecord(config) ? config['extends'] : undefined;
  return (Array.isArray(parents) ? parents : [parents]).filter(
    (parent): parent is string => typeof parent === 'string' && parent.startsWith('.'),
  );
}

function resolveConfig(folder: string, parent: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of parent.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return path.endsWith('.json') ? path : `${path}.json`;
}

function ownOptions(config: unknown): Partial<CompilerOptions> {
  const options = isRecord(config) ? config['compilerOptions'] : undefined;
  if (!isRecord(options)) return {};
  const { skipLibCheck, allowJs, types, verbatimModuleSyntax } = options;
  return {
    ...(typeof skipLibCheck === 'boolean' && { skipLibCheck }),
    ...(typeof allowJs === 'boolean' && { allowJs }),
    ...(Array.isArray(types) && { namesTypes: true }),
    ...(typeof verbatimModuleSyntax === 'boolean' && { verbatimModuleSyntax }),
  };
}
