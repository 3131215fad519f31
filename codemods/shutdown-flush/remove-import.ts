import { type Node, parseSource, type Source } from '../../src/ast/index.ts';
import type { Splice } from '../../src/contract/index.ts';
import { editFile, finishFile, importName, lastImport } from '../kit/index.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The range of an import and of the line breaks that came with it: without it, and with `splices` applied, the import that would be written today
 * gives the text as it is. Where a person has moved it, its line.
 */
export function removeImport(source: Source, module: string, statement: Node, splices: readonly Splice[]): Range {
  const ranges = candidates(source.text, statement);
  const used = apply(source.text, splices);
  const exact = ranges.find((range) => written(source.file, module, apply(source.text, [...splices, { ...range, text: '' }])) === used);
  return exact ?? ranges[0] ?? statement;
}

const isBreak = /[\r\n]/;

function candidates(text: string, { start, end }: Node): readonly Range[] {
  let first = start;
  while (first > 0 && /[\t ]/.test(text[first - 1] ?? '')) first--;
  let last = end;
  while (/[\t ]/.test(text[last] ?? '')) last++;
  const opens = first === 0 || isBreak.test(text[first - 1] ?? '') || text[first - 1] === '\uFEFF';
  const closes = last === text.length || isBreak.test(text[last] ?? '');
  // It shares its line with other code.
  if (!opens || !closes)
    return [
      { start: first, end },
      { start: first - 1, end },
    ];
  const below = skipBreak(text, last);
  const above = text.startsWith('\r\n', first - 2) ? first - 2 : Math.max(0, first - 1);
  return [
    { start: first, end: below },
    { start: above, end: last },
    { start: first, end: skipBreak(text, below) },
  ];
}

function skipBreak(text: string, at: number): number {
  if (text.startsWith('\r\n', at)) return at + 2;
  return isBreak.test(text[at] ?? '') ? at + 1 : at;
}

/** A text with the import that today's rules would write into it. */
function written(file: string, module: string, text: string): string | undefined {
  const result = parseSource(file, text);
  if (result.status !== 'parsed') return undefined;
  const edits = editFile(result.source, module, '');
  importName(edits, 'flushAndExit', lastImport(result.source));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return apply(
    text,
    finishFile(edits).map((each) => ({ ...each, text: each.text.replaceAll('\n', lineBreak) })),
  );
}

function apply(text: string, splices: readonly (Range & { readonly text: string })[]): string {
  return splices
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, each) => result.slice(0, each.start) + each.text + result.slice(each.end), text);
}
