import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { isRecord } from '../contract/record.ts';
import { lineEndingOf } from '../engine/plan/line-ending.ts';
import { cannotMerge, nameTaken } from './refuse.ts';

/** A table of a TOML file; undefined in `table` when what has that name is written in another form. */
export interface TomlEntry {
  readonly value: unknown;
  readonly line: number;
  readonly table: AST.TOMLTable | undefined;
}

/** Strings and lists of strings under plain names. */
export type TomlValues = Readonly<Record<string, string | readonly string[]>>;

/** What has a dotted name in a TOML text; undefined when nothing has. Throws TW1080 with the line. */
export function tomlAt(file: string, text: string, names: readonly string[]): TomlEntry | undefined {
  const top = parse(file, text);
  const value = names.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), getStaticTOMLValue(top));
  if (value === undefined) return undefined;
  const table = tablesIn(top).find(({ kind, resolvedKey }) => kind === 'standard' && isBelow(resolvedKey, names, 0));
  return { value, line: table?.loc.start.line ?? 1, table };
}

/** The text with a new table at its end. */
export function addTable(file: string, text: string, names: readonly string[], values: TomlValues): string {
  const eol = lineEndingOf(text);
  const lines = [`[${names.join('.')}]`, ...Object.entries(values).map(([name, value]) => `${name} = ${write(value)}`)];
  const gap = text.trim() === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  const merged = `${text.trim() === '' ? '' : text}${gap}${lines.join(eol)}${eol}`;
  try {
    parse(file, merged);
  } catch (cause) {
    throw cannotMerge(file, 1, `writes ${names[0]} in a form that [${names.join('.')}] cannot be added to`, cause);
  }
  return merged;
}

/** The text with new values in a table that is there; its other keys and its comments stay. */
export function setInTable(file: string, text: string, { table, line }: TomlEntry, values: TomlValues): string {
  if (table === undefined) throw nameTaken(file, line, 'holds that server in a form that cannot be changed in place');
  const eol = lineEndingOf(text);
  return Object.entries(values)
    .map(([name, value]) => {
      const old = table.body.find(({ key }) => key.keys.length === 1 && nameOf(key.keys[0]) === name);
      const text = write(value);
      if (old !== undefined) return { start: old.value.range[0], end: old.value.range[1], text };
      const end = table.key.range[1] + 1;
      return { start: end, end, text: `${eol}${name} = ${text}` };
    })
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

/** The text without a table and those below it. */
export function removeTable(file: string, text: string, names: readonly string[]): string {
  const tables = tablesIn(parse(file, text)).filter(
    ({ resolvedKey }) => resolvedKey.length >= names.length && isBelow(resolvedKey, names, 1),
  );
  return tables.reduceRight((result, { range }) => {
    const line = /(?:\r?\n)?\r?\n[ \t]*$/.exec(result.slice(0, range[0]))?.[0];
    const end = range[1] + (/^[ \t]*(?:#[^\r\n]*)?\r?\n?/.exec(result.slice(range[1]))?.[0].length ?? 0);
    const gap = line === undefined || line.indexOf('\n') === line.lastIndexOf('\n') ? 0 : line.length - line.indexOf('\n') - 1;
    return result.slice(0, range[0] - gap) + result.slice(end);
  }, text);
}

function parse(file: string, text: string): AST.TOMLTopLevelTable {
  try {
    return parseTOML(text.replace(/^\uFEFF/, ' ')).body[0];
  } catch (cause) {
    if (cause instanceof ParseError) throw cannotMerge(file, cause.lineNumber, `is not TOML: ${cause.message.toLowerCase()}`, cause);
    throw cause;
  }
}

function tablesIn({ body }: AST.TOMLTopLevelTable): readonly AST.TOMLTable[] {
  return body.filter((node) => node.type === 'TOMLTable');
}

function isBelow(key: readonly (string | number)[], names: readonly string[], atMost: number): boolean {
  return names.every((name, at) => key[at] === name) && (atMost > 0 || key.length === names.length);
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted | undefined): string | undefined {
  return key?.type === 'TOMLBare' ? key.name : key?.value;
}

/** JSON's strings are TOML's basic strings, but for DEL. */
function write(value: string | readonly string[]): string {
  if (typeof value !== 'string') return `[${value.map(write).join(', ')}]`;
  return JSON.stringify(value).replaceAll('\u007F', '\\u007F');
}
