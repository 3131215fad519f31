import type { Build } from '../../contract/index.ts';
import { bundlerTexts, tsupField } from './bundlers.ts';
import type { Manifest } from './manifests.ts';
import type { Reading } from './reading.ts';

/** How much of what a program depends on stays outside of its bundle. */
export type Outside = 'all' | 'some' | 'none';

/** esbuild, webpack and rolldown bundle what they are not told to leave out; tsup and Vite for servers leave all out; Rollup cannot find any. */
export function externalsOf(reading: Reading, manifest: Manifest, tool: Build['tool']): Outside {
  const scripts = manifest.scripts.map((each) => each.command).join('\n');
  const text = textOf(reading, manifest);
  const names = manifest.dependencies.filter(({ section }) => section === 'dependencies').map(({ name }) => name);
  if (allOutside.test(text)) return 'all';
  if (/\b(tsup|tsdown|unbuild|pkgroll)\b/.test(text)) return /noExternal/.test(text) ? 'some' : 'all';
  if (tool === 'esbuild' && !bundling.test(text)) return 'all';
  const told = toldOutside(text, names);
  if (told !== 'none') return told;
  if (/\bvite\b/.test(text) && !/\brollup -c|\brolldown\b/.test(scripts)) return /noExternal/.test(text) ? 'some' : 'all';
  return tool === 'rollup' && !/\brolldown\b|node-?resolve|\bvite\b/i.test(text) ? 'all' : 'none';
}

const bundling = /--bundle\b|bundle["']?\s*:\s*true/;

/** esbuild makes one file of each, as a compiler does, unless it is told to bundle. */
export function isPerFile(reading: Reading, manifest: Manifest, tool: Build['tool']): boolean {
  const text = textOf(reading, manifest);
  return tool === 'esbuild' && !bundling.test(text) && !/\b(tsup|tsdown|unbuild|pkgroll)\b/.test(text);
}

/**
 * esbuild puts every package that it is not told to leave out into the bundle, and in an ES module what such a package requires of Node.js then
 * fails, unless the bundle begins with a `require` of its own.
 */
export function isClosed(reading: Reading, manifest: Manifest): boolean {
  const text = textOf(reading, manifest);
  return bundling.test(text) && !allOutside.test(text) && !/\bcreateRequire\b|\b(tsup|tsdown|unbuild|pkgroll)\b|@tracewright\//.test(text);
}

function textOf(reading: Reading, manifest: Manifest): string {
  const scripts = manifest.scripts.map((each) => each.command).join('\n');
  return withoutComments(`${scripts}\n${bundlerTexts(reading, manifest)}\n${tsupField(manifest)}`);
}

const allOutside = /nodeExternals|webpack-node-externals|packages["']?\s*[:=]\s*["']?external|external:\*|externalPackages|node-externals/;

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"\\])\/\/.*$/gm, '');
}

/** What `external`, `externals` and `--external:name` say of these packages. */
function toldOutside(text: string, names: readonly string[]): Outside {
  const flags = [...text.matchAll(/--external[:=\s]([\w@./-]+)/g)].map(([, name = '']) => name);
  const stated = /\bexternals?["']?\s*(?::|=(?![=>]))\s*|\bexternals?(?=\s*\(\s*\w*\s*[,)])/.exec(text);
  if (stated === null) return share(names, (name) => flags.includes(name));
  const value = text.slice(stated.index + stated[0].length, stated.index + stated[0].length + 2000);
  if (/^(?:async\s*)?(?:function\b|\(|\w+\s*=>)/.test(value)) return byFunction(value);
  if (/ependencies\b/.test(value.slice(0, closeOf(value)))) return 'all';
  const patterns = [...value.slice(0, closeOf(value)).matchAll(/\/((?:[^/\\\n]|\\.){1,80})\/[a-z]*/g)].flatMap(
    ([, source = '']) => expression(source) ?? [],
  );
  const listed = value.slice(0, closeOf(value));
  return share(names, (name) => flags.includes(name) || isQuoted(listed, name) || patterns.some((pattern) => pattern.test(name)));
}

/** A function that lets through what is a path keeps every package outside; any other may keep some. */
function byFunction(value: string): Outside {
  const body = value.slice(0, 400);
  return /!\s*\w+\.startsWith\(\s*['"]\.|node_modules|ependencies\b|!\s*(?:path\.)?isAbsolute|\/\^\[\^\.|!\s*\/\^\\?\.|!\s*\/\^\[\.\//.test(
    body,
  )
    ? 'all'
    : 'some';
}

function share(names: readonly string[], isOutside: (name: string) => boolean): Outside {
  const outside = names.filter(isOutside);
  if (outside.length === 0) return 'none';
  return outside.length === names.length ? 'all' : 'some';
}

function isQuoted(text: string, name: string): boolean {
  return (
    [`'${name}'`, `"${name}"`].some((quoted) => text.includes(quoted)) ||
    (/^\w+$/.test(name) && new RegExp(`[{,]\\s*${name}\\s*:`).test(text))
  );
}

/** The end of the value that begins a text: what its brackets enclose, or one line. */
function closeOf(value: string): number {
  if (!/^[[{(]/.test(value)) return Math.max(0, value.search(/[,\n}]|$/));
  let depth = 0;
  for (let at = 0; at < value.length; at++) {
    if (/[[{(]/.test(value[at] ?? '')) depth += 1;
    else if (/[\]})]/.test(value[at] ?? '')) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return value.length;
}

/** A pattern of the repository, short and without what may take for ever. */
function expression(source: string): RegExp | undefined {
  if (/[+*}]\)?[+*{]/.test(source)) return undefined;
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
