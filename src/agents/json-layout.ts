import { createScanner, type Node } from 'jsonc-parser';
import { lineEndingOf } from '../engine/plan/line-ending.ts';

/** How a JSON file is written where a member goes in. */
export interface Layout {
  /** On the line of its neighbours. */
  readonly inline: boolean;
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
  /** Indentation of the members, and of the closing bracket. */
  readonly indent: string;
  readonly close: string;
  readonly colon: string;
}

/** Reads the layout of an object or array from what is in it, else from the file. */
export function layoutOf(json: string, container: Node): Layout {
  const [first] = container.children ?? [];
  const own = json.slice(container.offset, container.offset + container.length);
  const bare = json.trim();
  const unit = /\n([ \t]+)\S/.exec(json)?.[1] ?? '  ';
  const close = indentAt(json, container.offset) ?? '';
  return {
    inline: first === undefined ? !bare.includes('\n') && bare !== own : !own.includes('\n'),
    eol: lineEndingOf(json),
    unit,
    indent: (first && ownLine(json, first.offset)) ?? close + unit,
    close,
    colon: bare.includes('\n') || bare === own || /":\s/.test(json) ? ': ' : ':',
  };
}

/** Indentation of the line an offset is on. */
function indentAt(json: string, offset: number): string | undefined {
  return /^[ \t]*/.exec(json.slice(json.lastIndexOf('\n', offset - 1) + 1, offset))?.[0];
}

/** Indentation of what stands first on its line. */
function ownLine(json: string, offset: number): string | undefined {
  const before = json.slice(json.lastIndexOf('\n', offset - 1) + 1, offset);
  return before.trim() === '' ? before : undefined;
}

/** A value as JSON; lists of plain values stay on one line. */
export function writeValue(value: unknown, layout: Layout, indent: string = layout.indent): string {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return `[${value.map((item) => JSON.stringify(item)).join(layout.colon === ':' ? ',' : ', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = indent + layout.unit;
  const members = Array.isArray(value)
    ? value.map((item) => writeValue(item, layout, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}${layout.colon}${writeValue(item, layout, inner)}`);
  const [open, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (layout.inline) {
    const gap = layout.colon === ':' ? '' : ' ';
    const pad = Array.isArray(value) ? '' : gap;
    return `${open}${pad}${members.join(`,${gap}`)}${pad}${end}`;
  }
  return `${open}${members.map((member) => `${layout.eol}${inner}${member}`).join(',')}${layout.eol}${indent}${end}`;
}

/** Where the next member can go behind an offset: after the comma and the comments that share its line. */
export function anchorAfter(json: string, offset: number): { readonly at: number; readonly hasComma: boolean } {
  const scanner = createScanner(json, false);
  scanner.setPosition(offset);
  let at = offset;
  let hasComma = false;
  for (let kind = scanner.scan(); onLine.has(kind); kind = scanner.scan()) {
    if (kind === COMMA && hasComma) break;
    if (kind === COMMA) hasComma = true;
    if (kind !== SPACE) at = scanner.getTokenOffset() + scanner.getTokenLength();
  }
  return hasComma ? { at, hasComma } : commaBelow(json, at);
}

// The library's names for these are const enums, which modules that are compiled one by one cannot read.
const COMMA = 5;
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const SPACE = 15;
const onLine: ReadonlySet<number> = new Set([COMMA, LINE_COMMENT, BLOCK_COMMENT, SPACE]);

/** A comma that stands on a later line than what it follows. */
function commaBelow(json: string, offset: number): ReturnType<typeof anchorAfter> {
  const comma = commaAfter(json, offset);
  return comma === -1 ? { at: offset, hasComma: false } : { at: comma + 1, hasComma: true };
}

/** Offset of the comma that comes next, comments aside; -1 when something else does. */
export function commaAfter(json: string, offset: number): number {
  const scanner = createScanner(json, true);
  scanner.setPosition(offset);
  return scanner.scan() === COMMA ? scanner.getTokenOffset() : -1;
}
