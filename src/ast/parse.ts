import { languageOf } from './language.ts';
import { lineAt } from './line.ts';
import { isTooDeep } from './nesting.ts';
import type { Source } from './node.ts';
import { type ParserAnswer, parseWithJscodeshift, parseWithOxc } from './parsers.ts';
import { noteUnparsable } from './unparsable.ts';

export type ParseResult =
  | { readonly status: 'parsed'; readonly source: Source }
  | { readonly status: 'unparsable'; readonly message: string; readonly line: number };

/** Trees are some thirty times larger than their text, so the cache is bounded by text. */
const cacheBudget = 1_500_000;
const cache = new Map<string, { readonly text: string; readonly result: ParseResult }>();
let cached = 0;

/** Parses a file, or says where it cannot. The same file and text are parsed once. */
export function parseSource(file: string, text: string): ParseResult {
  const result = parseOnce(file, text);
  if (result.status === 'unparsable') noteUnparsable(file, { text, ...result });
  return result;
}

function parseOnce(file: string, text: string): ParseResult {
  const hit = cache.get(file);
  if (hit?.text === text) {
    cache.delete(file);
    cache.set(file, hit);
    return hit.result;
  }
  const result = parseFresh(file, text);
  remember(file, text, result);
  return result;
}

/** The tree of a file, or undefined when it does not parse. */
export function sourceOf(file: string, text: string | undefined): Source | undefined {
  if (text === undefined) return undefined;
  const result = parseSource(file, text);
  return result.status === 'parsed' ? result.source : undefined;
}

function remember(file: string, text: string, result: ParseResult): void {
  forget(file);
  cache.set(file, { text, result });
  cached += text.length;
  for (const oldest of cache.keys()) {
    if (cached <= cacheBudget || oldest === file) break;
    forget(oldest);
  }
}

function forget(file: string): void {
  cached -= cache.get(file)?.text.length ?? 0;
  cache.delete(file);
}

function parseFresh(file: string, text: string): ParseResult {
  if (isTooDeep(text)) return { status: 'unparsable', message: 'it is nested too deeply', line: 1 };
  const language = languageOf(file);
  if (language === undefined) return { status: 'unparsable', message: 'not a JavaScript or TypeScript file', line: 1 };
  // A shebang behind a BOM is legal for Node and for nobody else; the mask keeps every offset.
  const masked = text.startsWith('\uFEFF#!') ? `\uFEFF//${text.slice(3)}` : text;
  const answer = language === 'js' ? parseJavaScript(masked) : parseTypeScript(file, masked, language);
  if ('message' in answer.tree) return { status: 'unparsable', message: answer.tree.message, line: lineAt(text, answer.tree.offset) };
  const { program, comments } = answer.tree;
  return { status: 'parsed', source: { file, text, program, comments: withoutShebang(text, comments), parser: answer.parser } };
}

interface Parsed {
  readonly tree: ParserAnswer;
  readonly parser: Source['parser'];
}

function parseJavaScript(text: string): Parsed {
  const first = parseWithOxc(text, 'jsx', 'unambiguous');
  if (!('message' in first)) return { tree: first, parser: 'oxc' };
  const second = parseWithOxc(text, 'jsx', 'commonjs');
  if (!('message' in second)) return { tree: second, parser: 'oxc' };
  const last = parseWithJscodeshift(text);
  return { tree: 'message' in last ? first : last, parser: 'jscodeshift' };
}

function parseTypeScript(file: string, text: string, language: 'ts' | 'tsx'): Parsed {
  const lang = /\.d\.[cm]?ts$/.test(file) ? 'dts' : language;
  const first = parseWithOxc(text, lang, 'unambiguous');
  if (!('message' in first)) return { tree: first, parser: 'oxc' };
  const second = parseWithOxc(text, lang, 'commonjs');
  return { tree: 'message' in second ? first : second, parser: 'oxc' };
}

function withoutShebang(text: string, comments: Source['comments']): Source['comments'] {
  const shebang = shebangEnd(text);
  return comments.filter((comment) => comment.start >= shebang);
}

/** Offset after the BOM and the shebang line's text (before its line break); 0 without either. */
export function shebangEnd(text: string): number {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  if (!text.startsWith('#!', start)) return start;
  const end = text.slice(start).search(/[\r\n]/);
  return end === -1 ? text.length : start + end;
}
