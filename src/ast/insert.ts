import { statementOf } from './imports.ts';
import { indentAt, lineEnd, lineStart, skipLineBreak } from './line.ts';
import type { Node, Source } from './node.ts';
import { shebangEnd } from './parse.ts';
import { partition } from './partition.ts';

/** Text that goes between two characters of a file. Lines in it are separated by \n. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/**
 * Where a new first statement goes: after the BOM, the shebang, the directives, and the comments that speak for the file (licence, pragmas,
 * anything set off by a blank line); before comments that belong to the first statement or head the list of imports.
 */
function firstStatementOffset(source: Source): number {
  const { text } = source;
  const directive = lastDirective(source);
  if (directive !== undefined) return afterOnLine(source, directive.end);
  const first = source.program.body[0];
  const limit = first === undefined ? text.length : first.start;
  const top = shebangEnd(text);
  let end = top;
  const lastEnd = lastCommentEnd(source, limit);
  for (const group of commentGroups(source, limit)) {
    const gap = text.slice(group.end, nextTokenOrLineBreak(text, group.end, limit));
    const isLast = group.end === lastEnd && limit < text.length;
    if (isLast && headsImports(text.slice(group.start, group.end))) break;
    const attached = isLast && !blankLine.test(text.slice(group.end, limit));
    if (attached && !group.pragma) break;
    if (attached && gap !== '' && !/[\r\n]/.test(text.slice(group.end, limit))) return first?.start ?? group.end;
    end = group.end;
  }
  return end;
}

const blankLine = /\n[\t ]*\r?\n/;

/** A short heading such as "Module dependencies." */
function headsImports(comment: string): boolean {
  const words = comment.replace(/[\s/*=#-]+/g, ' ').trim();
  return words.length <= 40 && /\b(dependenc(y|ies)|imports?|requires?|required modules|modules|packages|libraries)\b/i.test(words);
}

/** A new first statement, with the line breaks that keep every other line whole and paragraphs apart. */
export function insertFirst(source: Source, statement: string): Insertion {
  const { text } = source;
  const offset = firstStatementOffset(source);
  const top = text.startsWith('\uFEFF') ? 1 : 0;
  const next = nextThing(source, offset);
  if (next !== undefined && (next.isSetOff || (offset === top && next.isHeading))) {
    const at = lineStart(text, next.start);
    return { offset: at, text: `${guarded(text, at, statement)}\n${next.isComment ? '\n' : ''}` };
  }
  if (offset === top || offset === source.program.body[0]?.start) {
    return { offset, text: `${guarded(text, offset, statement)}\n` };
  }
  const below = skipLineBreak(text, offset);
  // Right below a shebang the line break belongs to the shebang.
  if (offset === shebangEnd(text) && below > offset) return { offset: below, text: `${guarded(text, below, statement)}\n` };
  // Code that shares the directive's line stays on it.
  const sameLine = lineEnd(text, offset) !== offset && text.slice(offset, lineEnd(text, offset)).trim() !== '';
  if (sameLine) return { offset, text: ` ${withSemicolon(statement)}` };
  return { offset: lineEnd(text, offset), text: `\n${guarded(text, offset, statement)}` };
}

interface Following {
  readonly start: number;
  readonly isComment: boolean;
  /** True when a blank line stands above it. */
  readonly isSetOff: boolean;
  /** True when a blank line stands between the comment and the code. */
  readonly isHeading: boolean;
}

/** The comment or statement that follows an offset. */
function nextThing({ text, comments, program }: Source, offset: number): Following | undefined {
  const from = Math.max(offset, shebangEnd(text));
  const statement = program.body.find((node) => node.start >= from);
  if (statement === undefined) return undefined;
  const comment = comments.find(({ start }) => start >= from && start < statement.start);
  const { start } = comment ?? statement;
  const isHeading = comment !== undefined && blankLine.test(text.slice(comment.end, statement.start));
  return { start, isComment: comment !== undefined, isSetOff: blankLine.test(text.slice(offset, start)), isHeading };
}

/** New statements after an existing one, each on its own line and indented like it; on a line shared with other code they stay on that line. */
export function insertAfter(source: Source, node: Node, statements: readonly string[]): Insertion {
  const { text } = source;
  const statement = statementOf(source, node);
  const offset = afterOnLine(source, statement.end);
  const alone = text.slice(offset, lineEnd(text, offset)).trim() === '' && startsItsLine(text, statement.start);
  const separator = text[statement.end - 1] === ';' || text[statement.end - 1] === '}' ? '' : ';';
  if (!alone) return { offset: statement.end, text: `${separator}${statements.map((each) => ` ${withSemicolon(each)}`).join('')}` };
  const indent = indentAt(text, statement.start);
  return { offset, text: statements.map((each) => `\n${indent}${guarded(text, offset, each)}`).join('') };
}

/** Without a semicolon the next line must not read as a continuation. */
function guarded(text: string, offset: number, statement: string): string {
  return /^\s*[([`/+\-*]/.test(withoutComments(text.slice(offset))) ? withSemicolon(statement) : statement;
}

function withoutComments(text: string): string {
  return text.replace(/^(\s*(\/\/[^\r\n]*|\/\*[\s\S]*?\*\/))*/, '');
}

function withSemicolon(statement: string): string {
  return statement.endsWith(';') ? statement : `${statement};`;
}

function startsItsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** `offset`, or the end of the comments that follow it on the same line. */
function afterOnLine(source: Source, offset: number): number {
  let at = offset;
  for (let index = partition(source.comments, ({ start }) => start < offset); index < source.comments.length; index++) {
    const comment = source.comments[index];
    // Nothing but white space may stand between them, so a later one cannot follow either.
    if (comment === undefined || /[^\t ]/.test(source.text.slice(at, comment.start))) break;
    if (/[\r\n]/.test(source.text.slice(comment.start, comment.end))) break;
    at = comment.end;
  }
  return /[^\t ]/.test(source.text.slice(at, lineEnd(source.text, at))) ? offset : at;
}

function lastDirective(source: Source): Node | undefined {
  let last: Node | undefined;
  for (const node of source.program.body) {
    if (!isDirective(source, node)) break;
    last = node;
  }
  return last;
}

function isDirective(source: Source, node: Node): boolean {
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'Literal') return false;
  // Some parsers do not mark directives; a parenthesised string is none.
  return typeof node.expression.value === 'string' && source.text[node.start] !== '(';
}

interface CommentGroup {
  readonly start: number;
  readonly end: number;
  readonly pragma: boolean;
}

const nextLineOnly =
  /eslint-disable-next-line|@ts-(ignore|expect-error)|\b(istanbul|c8|v8) ignore (next|start|if|else)|prettier-ignore|biome-ignore(?!-all)/;
const pragma =
  /^\s*(eslint|global|globals|jshint|jslint|exported)\b|@(flow|noflow|ts-check|ts-nocheck|jsx|jsxRuntime|jsxImportSource|jsxFrag|license|licence|preserve|format|copyright|author|fileoverview|file|module|jest-environment|overview)\b|\b(copyright|licen[sc]ed?|SPDX)\b|(istanbul|c8) ignore file|tslint:|biome-ignore-all|^\/ *<reference/i;

/** Leading comments, those without a blank line between them taken together. */
function commentGroups(source: Source, limit: number): CommentGroup[] {
  const groups: CommentGroup[] = [];
  for (const comment of source.comments) {
    if (comment.end > limit) break;
    const isPragma = comment.value.startsWith('!') || (pragma.test(comment.value) && !nextLineOnly.test(comment.value));
    const last = groups.at(-1);
    const joined = last !== undefined && !blankLine.test(source.text.slice(last.end, comment.start));
    if (joined) groups.splice(-1, 1, { start: last.start, end: comment.end, pragma: last.pragma || isPragma });
    else groups.push({ start: comment.start, end: comment.end, pragma: isPragma });
  }
  return groups;
}

function lastCommentEnd(source: Source, limit: number): number {
  return source.comments.findLast((comment) => comment.end <= limit)?.end ?? -1;
}

function nextTokenOrLineBreak(text: string, offset: number, limit: number): number {
  return Math.min(lineEnd(text, offset), limit);
}
