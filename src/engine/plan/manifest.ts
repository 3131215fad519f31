import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { ManifestEdit } from '../../contract/index.ts';
import { lineEndingOf } from './line-ending.ts';
import type { TextEdit } from './text-edit.ts';

const DEPENDENCIES = /ependencies$/;

/** The one text edit that sets or removes one value of a package.json; undefined when there is nothing to do. Spacing is copied from the neighbours. */
export function editManifest(text: string, edit: ManifestEdit): TextEdit | undefined {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const json = text.slice(bom);
  const root = parseManifest(text);
  if (root === undefined) return undefined;
  const found = editJson(json, root, edit);
  return found && { start: found.start + bom, end: found.end + bom, text: found.text };
}

/** Whether a text is JSON with an object at its root. */
export function isManifest(text: string): boolean {
  return parseManifest(text) !== undefined;
}

function parseManifest(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ''), errors, { disallowComments: true });
  return errors.length === 0 && root?.type === 'object' ? root : undefined;
}

function editJson(json: string, root: Node, { path, value }: ManifestEdit): TextEdit | undefined {
  const node = findNodeAtLocation(root, [...path]);
  if (value === undefined) return node?.parent && removeProperty(node.parent);
  if (node !== undefined) {
    return getNodeValue(node) === value ? undefined : { start: node.offset, end: node.offset + node.length, text: JSON.stringify(value) };
  }
  const depth = path.findIndex((_, index) => findNodeAtLocation(root, path.slice(0, index + 1)) === undefined);
  const parent = findNodeAtLocation(root, path.slice(0, depth));
  if (parent?.type !== 'object') return undefined;
  return insertProperty(json, parent, path, depth, value);
}

function insertProperty(json: string, parent: Node, path: readonly string[], depth: number, value: string): TextEdit {
  const names = (parent.children ?? []).map((property) => String(property.children?.[0]?.value));
  const name = path[depth] ?? '';
  const index = indexOf(names, name, DEPENDENCIES.test(path[depth - 1] ?? ''));
  const unit = /\n([ \t]+)"/.exec(json)?.[1] ?? '  ';
  const eol = lineEndingOf(json);
  const isInline = !json.includes('\n');
  const indent = (level: number): string => (isInline ? '' : eol + unit.repeat(level));
  const colon = json.includes('": ') || !isInline ? ': ' : ':';
  const nested = path.slice(depth + 1).reduceRight((inner, key, at) => {
    const level = depth + 2 + at;
    return `{${indent(level)}${JSON.stringify(key)}${colon}${inner}${indent(level - 1)}}`;
  }, JSON.stringify(value));
  const property = `${JSON.stringify(name)}${colon}${nested}`;
  const children = parent.children ?? [];
  const at = children[index];
  const last = children.at(-1);
  if (last === undefined) {
    const text = `${indent(depth + 1)}${property}${indent(depth)}`;
    return { start: parent.offset + 1, end: parent.offset + parent.length - 1, text };
  }
  const gap = at === undefined ? gapBefore(json, parent, children.length - 1) : gapBefore(json, parent, index);
  if (at === undefined) return { start: endOf(last), end: endOf(last), text: `,${gap}${property}` };
  return { start: at.offset, end: at.offset, text: `${property},${index === 0 ? gapBefore(json, parent, 1, gap) : gap}` };
}

/** Where a name goes: dependencies sorted, a new `dependencies` before `devDependencies`, all else last. */
function indexOf(names: readonly string[], name: string, isSorted: boolean): number {
  const at = isSorted ? names.findIndex((other) => other > name) : name === 'dependencies' ? names.indexOf('devDependencies') : -1;
  return at === -1 ? names.length : at;
}

/** White space in front of a property. */
function gapBefore(json: string, parent: Node, index: number, fallback = ''): string {
  const property = parent.children?.[index];
  return property === undefined ? fallback : (/\s*$/.exec(json.slice(parent.offset + 1, property.offset))?.[0] ?? '');
}

function removeProperty(property: Node): TextEdit | undefined {
  const object = property.parent;
  const children = object?.children ?? [];
  const at = children.indexOf(property);
  if (object === undefined || at === -1) return undefined;
  const next = children[at + 1];
  const previous = children[at - 1];
  if (next !== undefined) return { start: property.offset, end: next.offset, text: '' };
  if (previous !== undefined) return { start: endOf(previous), end: endOf(property), text: '' };
  return { start: object.offset + 1, end: object.offset + object.length - 1, text: '' };
}

function endOf(node: Node): number {
  return node.offset + node.length;
}
