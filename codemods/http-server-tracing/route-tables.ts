import {
  type Binding,
  bindingOf,
  type FunctionNode,
  isFunction,
  keyName,
  lineOf,
  type MemberExpression,
  type Node,
  type ObjectExpression,
  parentOf,
  propertyName,
  resolveValue,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { type Known, methodAt } from './request-paths.ts';

/** A template that a handler compares the request's path with. `method` is `unknown` where the code says when not to answer. */
export interface FoundRoute {
  readonly method: string | undefined;
  readonly template: string;
  readonly file: string;
  readonly line: number;
}

/** A search in progress. */
export interface Search {
  readonly repo: Repo;
  readonly seen: Set<FunctionNode>;
  readonly found: FoundRoute[];
}

/** `/path`, or `METHOD /path`. */
export function addText(search: Search, known: Known, node: Node, text: string, given?: string): void {
  const [, method = given, path] = /^(?:([A-Z]+)[ :])?(\/[^\s?#]*)$/.exec(text) ?? [];
  if (path !== undefined) add(search, known, node, path, method);
}

export function add(
  { found }: Search,
  known: Known,
  node: Node,
  template: string,
  method: string | undefined = methodAt(known, node),
): void {
  found.push({ method, template, file: known.source.file, line: lineOf(known.source, node.start) });
}

/** `routes.find((route) => route.path === path)` and `for (const route of routes)`: the `path` of every element. */
export function readList(search: Search, known: Known, member: MemberExpression): void {
  const name = propertyName(member);
  const binding = bindingOf(known.source, member.object);
  const list = binding && listBehind(binding, known.source);
  const value = list && resolveValue(search.repo, known.source, list);
  if (name === undefined || value?.node.type !== 'ArrayExpression' || value.source !== known.source) return;
  for (const element of value.node.elements) {
    if (element?.type !== 'ObjectExpression') continue;
    const text = staticString(valueOfKey(element, name));
    const method = staticString(valueOfKey(element, 'method'))?.toUpperCase();
    if (text?.startsWith('/')) add(search, known, element, text, method);
  }
}

function listBehind(binding: Binding, source: Source): Node | undefined {
  const { scope } = binding;
  if (scope.type === 'ForOfStatement') return scope.right;
  const call = isFunction(scope) ? parentOf(source, scope) : undefined;
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' ? call.callee.object : undefined;
}

function valueOfKey(object: ObjectExpression, key: string): Node | undefined {
  const property = object.properties.find((each) => keyName(each) === key);
  return property?.type === 'Property' ? property.value : undefined;
}

/** Keys of a router table: `{ '/x': handler }`, `{ GET: { '/x': handler } }`, `{ 'GET /x': handler }`, `new Map([['/x', handler]])`, `['/x']`. */
export function readTable(search: Search, known: Known, node: Node): void {
  const object = unwrap(node);
  const root = object.type === 'MemberExpression' && object.computed ? object.object : object;
  const definition = resolveValue(search.repo, known.source, root);
  if (definition !== undefined && definition.source === known.source) readEntries(search, known, unwrap(definition.node), undefined);
}

function readEntries(search: Search, known: Known, table: Node, method: string | undefined): void {
  if (table.type === 'ObjectExpression') {
    for (const property of table.properties) readProperty(search, known, property, method);
  }
  if (table.type === 'ArrayExpression') {
    for (const element of table.elements) readElement(search, known, element);
  }
  if (table.type === 'NewExpression' && table.arguments[0] !== undefined) readEntries(search, known, table.arguments[0], method);
}

function readProperty(search: Search, known: Known, property: Node, method: string | undefined): void {
  const key = keyName(property);
  if (property.type !== 'Property' || key === undefined) return;
  if (method !== undefined && key.startsWith('/')) add(search, known, property, key, method);
  else addText(search, known, property, key);
  if (/^(get|post|put|patch|delete|head|options)$/i.test(key)) readEntries(search, known, unwrap(property.value), key.toUpperCase());
}

function readElement(search: Search, known: Known, element: Node | null): void {
  if (element === null) return;
  const text = staticString(element.type === 'ArrayExpression' ? element.elements[0] : element);
  if (text !== undefined) addText(search, known, element, text);
}
