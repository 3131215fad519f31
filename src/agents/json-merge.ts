import {
  applyEdits,
  type Edit,
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { anchorAfter, commaAfter, type Layout, layoutOf, writeValue } from './json-layout.ts';
import { cannotMerge } from './refuse.ts';

/** Names of object members, and positions in lists. */
export type JsonPath = readonly (string | number)[];

/** A JSON file with comments: its text, without a byte order mark, and its tree. */
export interface JsonFile {
  readonly file: string;
  readonly bom: string;
  readonly json: string;
  readonly root: Node;
}

/** Reads a file whose top is an object; an empty one counts as an empty object. Throws TW1080 with the line. */
export function readJson(file: string, text: string): JsonFile {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const json = text.slice(bom.length).trim() === '' ? '{}\n' : text.slice(bom.length);
  const errors: ParseError[] = [];
  const root = parseTree(json, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) throw cannotMerge(file, lineIn(json, first.offset), `is not JSON: ${sentenceOf(first)}`);
  if (root?.type !== 'object') throw cannotMerge(file, 1, 'does not hold a JSON object');
  return { file, bom, json, root };
}

function sentenceOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}

/** 1-based line of an offset. */
export function lineIn(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The value at a path, and the line it is on; undefined when there is none. */
export function valueAt({ json, root }: JsonFile, path: JsonPath): { readonly value: unknown; readonly line: number } | undefined {
  const node = findNodeAtLocation(root, [...path]);
  return node && { value: getNodeValue(node), line: lineIn(json, node.offset) };
}

/** The text with a value at a path: replaced when there is one, else put where its name sorts; what stands above it is made. */
export function setJson(file: JsonFile, path: JsonPath, value: unknown): string {
  const { json, root, bom } = file;
  const node = findNodeAtLocation(root, [...path]);
  if (node !== undefined) {
    const text = writeValue(value, layoutOf(json, node), /^[ \t]*/.exec(json.slice(json.lastIndexOf('\n', node.offset - 1) + 1))?.[0]);
    return bom + applyEdits(json, [{ offset: node.offset, length: node.length, content: text }]);
  }
  const depth = path.findIndex((_, index) => findNodeAtLocation(root, path.slice(0, index + 1)) === undefined);
  const container = findNodeAtLocation(root, path.slice(0, depth)) ?? root;
  const name = path[depth] ?? '';
  const nested = path.slice(depth + 1).reduceRight<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
  const kind = typeof name === 'number' ? 'array' : 'object';
  if (container.type !== kind) {
    const line = lineIn(json, container.offset);
    throw cannotMerge(file.file, line, `${path.slice(0, depth).join('.')} is not ${kind === 'array' ? 'a list' : 'an object'}`);
  }
  return bom + applyEdits(json, insertion(json, container, name, nested));
}

/** A new member: where its name sorts in an object that is sorted, else last. */
function insertion(json: string, container: Node, name: string | number, value: unknown): Edit[] {
  const children = container.children ?? [];
  const layout = layoutOf(json, container);
  const member = `${typeof name === 'number' ? '' : `${JSON.stringify(name)}${layout.colon}`}${writeValue(value, layout)}`;
  const index = typeof name === 'number' ? children.length : indexOf(children, name);
  const previous = children[index - 1];
  const from = previous === undefined ? container.offset + 1 : previous.offset + previous.length;
  const { at, hasComma } = anchorAfter(json, from);
  const comma = children[index] !== undefined || (previous !== undefined && hasComma) ? ',' : '';
  const own = layout.inline ? insertInline : insertLines;
  const before: Edit[] = previous !== undefined && !hasComma ? [{ offset: from, length: 0, content: ',' }] : [];
  return [...before, own(json, { container, at, member: member + comma }, layout)];
}

interface Insertion {
  readonly container: Node;
  readonly at: number;
  readonly member: string;
}

function insertInline(json: string, { container, at, member }: Insertion, { colon }: Layout): Edit {
  const isTight = colon === ':' || (at === container.offset + 1 && json[at] !== ' ');
  return { offset: at, length: 0, content: `${isTight ? '' : ' '}${member}` };
}

function insertLines(json: string, { container, at, member }: Insertion, { eol, indent, close }: Layout): Edit {
  const rest = json.slice(at, container.offset + container.length - 1);
  const isBare = (container.children ?? []).length === 0 && !rest.includes('\n');
  return { offset: at, length: isBare ? rest.length : 0, content: `${eol}${indent}${member}${isBare ? eol + close : ''}` };
}

function indexOf(children: readonly Node[], name: string): number {
  const names = children.map((child) => String(child.children?.[0]?.value));
  const isSorted = names.every((one, at) => at === 0 || (names[at - 1] ?? '') < one);
  const at = isSorted ? names.findIndex((other) => other > name) : -1;
  return at === -1 ? names.length : at;
}

/** The text without the value at a path, nor the objects and lists above it that are empty then; undefined when nothing is left. */
export function removeJson(file: JsonFile, path: JsonPath): string | undefined {
  let { json } = file;
  let { root } = file;
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, depth));
    if (node === undefined || (depth < path.length && !isBlank(json, node))) break;
    json = applyEdits(json, removal(json, node.parent?.type === 'property' ? node.parent : node));
    root = readJson(file.file, json).root;
  }
  return isBlank(json, root) && json.trim() === json.slice(root.offset, root.offset + root.length) ? undefined : file.bom + json;
}

function isBlank(json: string, { offset, length }: Node): boolean {
  return json.slice(offset + 1, offset + length - 1).trim() === '';
}

/** Takes a member out with its comma, its line and the comment on that line; of the last one, the comma before it goes. */
function removal(json: string, member: Node): Edit[] {
  const siblings = member.parent?.children ?? [];
  const end = member.offset + member.length;
  const { at, hasComma } = anchorAfter(json, end);
  const line = /\r?\n[ \t]*$/.exec(json.slice(0, member.offset))?.[0];
  const spaces = line ?? /[ \t]*$/.exec(json.slice(0, member.offset))?.[0] ?? '';
  const until = line === undefined ? (hasComma ? commaAfter(json, end) + 1 : end) : at;
  const own: Edit = { offset: member.offset - spaces.length, length: until - member.offset + spaces.length, content: '' };
  const previous = siblings[siblings.indexOf(member) - 1];
  if (hasComma || previous === undefined) return [own];
  return [{ offset: commaAfter(json, previous.offset + previous.length), length: 1, content: '' }, own];
}
