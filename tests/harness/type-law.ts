import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Law } from './laws.ts';
import { type Files, planOn } from './plan-fixture.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const root = '/repository';
const parsed = new Map<string, ts.SourceFile>();

/** 5: TypeScript has nothing new to say about the files of the repository, nor about the declarations that they get. */
export const keepsTypes: Law = (chain, { before }) => {
  const { files: after } = planOn(before, chain);
  return changesTypes(before, after) ? newDiagnostics(before, after) : [];
};

/** Whether a TypeScript file is new or different. */
export function changesTypes(before: Files, after: Files): boolean {
  return Object.entries(after).some(([file, bytes]) => isTypeScript(file) && !before[file]?.equals(bytes));
}

/** Diagnostics that are there more often after than before, by code and message: lines move, and some of them are repeated. */
function newDiagnostics(before: Files, after: Files): readonly string[] {
  const known = diagnose(before, after);
  return diagnose(after, after).filter((said) => {
    const at = known.indexOf(said);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
}

/** Every diagnostic of the files of a repository. What is not installed is missing before and after; OpenTelemetry packages count as installed on both sides. */
function diagnose(files: Files, installed: Files): string[] {
  const sources = Object.keys(files).filter(isTypeScript);
  const options = optionsOf(files);
  const shims = `${root}/not-installed.d.ts`;
  const host = hostOf({ ...files, 'not-installed.d.ts': shimsFor(installed) }, options);
  const program = ts.createProgram({ rootNames: [...sources.map((file) => `${root}/${file}`), shims], options, host });
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(root) && !/node_modules\/@(?!tracewright)/.test(fileName));
  return own
    .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
    .map(({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file);
}

/** Since TypeScript 6 nobody's `@types` are loaded unasked; a Node.js service asks for Node's. */
function optionsOf(files: Files): ts.CompilerOptions {
  const config: unknown = ts.parseConfigFileTextToJson('tsconfig.json', files['tsconfig.json']?.toString('utf8') ?? '{}').config ?? {};
  const given = typeof config === 'object' && config !== null && 'compilerOptions' in config ? config.compilerOptions : {};
  const { options } = ts.convertCompilerOptionsFromJson(given, root);
  return { target: ts.ScriptTarget.ES2022, esModuleInterop: true, types: ['node'], ...options, noEmit: true };
}

/** Instrumentations that are in package.json and not in our node_modules. */
function shimsFor(files: Files): Buffer {
  const manifests = Object.entries(files).filter(([file]) => file.endsWith('package.json'));
  const names = manifests.flatMap(([, bytes]) => bytes.toString('utf8').match(/@opentelemetry\/[\w-]+/g) ?? []);
  const missing = [...new Set(names)].filter((name) => !existsSync(join(project, 'node_modules', name)));
  return Buffer.from(missing.map((name) => `declare module '${name}';\n`).join(''));
}

function hostOf(files: Files, options: ts.CompilerOptions): ts.CompilerHost {
  const read = (file: string): string | undefined => {
    if (file.startsWith(`${root}/`) && !file.includes('/node_modules/')) return files[file.slice(root.length + 1)]?.toString('utf8');
    const path = placeOf(file);
    return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  return {
    ...ts.createCompilerHost(options),
    getCurrentDirectory: () => root,
    readFile: read,
    fileExists: (file) => read(file) !== undefined,
    directoryExists: (folder) => isFolder(folder, files),
    getDirectories: () => [],
    realpath: (file) => file,
    getSourceFile(file, target) {
      const known = parsed.get(file);
      if (known !== undefined) return known;
      const text = read(file);
      const source = text === undefined ? undefined : ts.createSourceFile(file, text, target, true);
      if (source !== undefined && (isLibrary(file) || file.includes('/node_modules/'))) parsed.set(file, source);
      return source;
    },
  };
}

function isLibrary(file: string): boolean {
  return file === ts.getDefaultLibFilePath({}) || file.startsWith(dirname(ts.getDefaultLibFilePath({})));
}

/** Where a file outside of the repository really is: the middleware, what it stands on, Node's types, and TypeScript's own. */
function placeOf(file: string): string | undefined {
  const name = file.split('/node_modules/').at(-1) ?? '';
  if (name.startsWith('@tracewright/middleware/')) return join(project, 'middleware', name.slice('@tracewright/middleware/'.length));
  if (/^(?:@opentelemetry|@types\/node|undici-types)\//.test(name)) return join(project, 'node_modules', name);
  return isLibrary(file) ? file : undefined;
}

function isFolder(folder: string, files: Files): boolean {
  const below = folder.slice(root.length + 1);
  if (folder === root || Object.keys(files).some((file) => file.startsWith(`${below}/`))) return true;
  const place = placeOf(`${folder}/`);
  return folder.endsWith('/node_modules') || folder.includes('/node_modules/@') || (place !== undefined && existsSync(place));
}
