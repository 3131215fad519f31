import { isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { lineAt } from './reading.ts';
import type { YamlText } from './yaml-text.ts';

/** Where more lines go, and how their neighbours are written. */
export interface LinePlace {
  /** End of a line; new text starts with a line break. */
  readonly offset: number;
  /** White space before the dash or the key of the neighbours. */
  readonly indent: string;
  /** Dash and blanks, for elements of a list. */
  readonly dash: string;
  /** True when an empty line stands between the neighbours. */
  readonly spaced: boolean;
}

/** White space from the start of the line, when nothing else stands before the offset. */
export function indentBefore(text: string, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).replace(/^\uFEFF/, '');
  return /^[\t ]*$/.test(before) ? before : undefined;
}

/** End of the last line of a block that ends near an offset, with the comments below it that are indented deeper than `column`. */
export function blockEnd(text: string, offset: number, column: number): number {
  const content = text.slice(0, offset).replace(/(?:\r?\n[\t ]*(?:#[^\n]*)?)+$/, '');
  let end = lineEnd(text, content.length);
  for (;;) {
    const next = text.slice(end).match(/^\r?\n([\t ]*)#[^\r\n]*/);
    if (next === null || (next[1] ?? '').length <= column) return end;
    end += next[0].length;
  }
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return text[at - 1] === '\r' ? at - 1 : at;
}

/** The place right after an element of a block list; undefined in a flow list or one that other nodes share. */
export function placeAfterItem(yaml: YamlText, list: unknown, index: number): LinePlace | undefined {
  if (!isSeq(list) || list.flow === true || list.anchor !== undefined) return undefined;
  const item = list.items[index];
  const dash = isNode(item) && item.range ? dashBefore(yaml.text, item.range[0]) : undefined;
  if (!isNode(item) || !item.range || dash === undefined) return undefined;
  const offset = blockEnd(yaml.text, item.range[1], dash.indent.length);
  return { offset, ...dash, spaced: list.items.some((each, at) => at > 0 && isNode(each) && followsBlank(yaml.text, each)) };
}

function dashBefore(text: string, offset: number): { readonly indent: string; readonly dash: string } | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [, indent, dash] = /^([\t ]*)(-[\t ]+)$/.exec(line) ?? [];
  return indent === undefined || dash === undefined ? undefined : { indent, dash };
}

/** The place after the last entry of a block map; undefined in a flow map. */
export function placeAfterEntries(yaml: YamlText, map: unknown): LinePlace | undefined {
  if (!isBlockMap(map)) return undefined;
  const keys = map.items.flatMap(({ key }) => (isScalar(key) && key.range ? [key.range[0]] : []));
  const indent = indentBefore(yaml.text, keys[0] ?? 0);
  if (indent === undefined || !map.range || keys.length === 0) return undefined;
  const spaced = keys.some((key, at) => at > 0 && blankLineBefore(yaml.text, key));
  return { offset: blockEnd(yaml.text, map.range[1], indent.length), indent, dash: '', spaced };
}

function isBlockMap(node: unknown): node is YAMLMap {
  return isMap(node) && node.flow !== true;
}

function followsBlank(text: string, node: Node): boolean {
  return blankLineBefore(text, node.range?.[0] ?? 0);
}

function blankLineBefore(text: string, offset: number): boolean {
  return /\n[\t ]*\r?\n(?:[\t ]*#[^\n]*\n)*$/.test(text.slice(0, text.lastIndexOf('\n', offset - 1) + 1));
}

/** The lines of one property of a block map, as written. */
export function linesOf(yaml: YamlText, map: unknown, key: string): string | undefined {
  if (!isBlockMap(map)) return undefined;
  const pair = map.items.find((each) => isScalar(each.key) && each.key.value === key);
  if (pair === undefined || !isScalar(pair.key) || !pair.key.range) return undefined;
  const [start] = pair.key.range;
  const indent = indentBefore(yaml.text, start);
  if (indent === undefined) return undefined;
  const end = isNode(pair.value) && pair.value.range ? pair.value.range[1] : pair.key.range[1];
  return yaml.text.slice(start - indent.length, blockEnd(yaml.text, end, indent.length));
}

/** One level of indentation: how much deeper the first entry of a map below `map` stands. */
export function unitBelow(yaml: YamlText, map: unknown): string | undefined {
  if (!isBlockMap(map)) return undefined;
  for (const { key, value } of map.items) {
    const outer = isScalar(key) && key.range ? indentBefore(yaml.text, key.range[0]) : undefined;
    const first = isBlockMap(value) ? value.items[0]?.key : undefined;
    const inner = isScalar(first) && first.range ? indentBefore(yaml.text, first.range[0]) : undefined;
    if (outer !== undefined && inner !== undefined && inner.length > outer.length) return inner.slice(outer.length);
  }
  return undefined;
}

/** The line of each key of a map. */
export function keyLines(yaml: YamlText, map: unknown): ReadonlyMap<string, number> {
  if (!isMap(map)) return new Map();
  return new Map(
    map.items.flatMap(({ key }): [string, number][] =>
      isScalar(key) && key.range ? [[String(key.value), lineAt(yaml.text, key.range[0])]] : [],
    ),
  );
}
