import {
  bindingOf,
  type Definition,
  enclosingFunction,
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
import type { Known } from './path-meaning.ts';
import { regexTemplate } from './regex-template.ts';
import { methodAt } from './request-paths.ts';

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
  /** Functions that were searched, by their place. */
  readonly seen: Set<string>;
  /** Tables, lists and routers that were read, by their place and the method they were read for. */
  readonly read: Set<string>;
  readonly found: FoundRoute[];
}

/** Tells the same code in two parses of its file. */
export function placeOf({ source, node }: Definition): string {
  return `${source.file}:${node.start}-${node.end}`;
}

/**
 * True the first time that something outside of every function is read for a method: what stands there says the same to whoever asks.
 * Inside a function it depends on the asker, and is read each time.
 */
export function isNew(search: Search, known: Known, { source, node }: Definition, what: string): boolean {
  if (enclosingFunction(source, node) !== undefined) return true;
  const place = `${what} ${known.method} ${placeOf({ source, node })}`;
  if (search.read.has(place)) return false;
  search.read.add(place);
  return true;
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

/**
 * The `path` of every element of a list: `routes.find((route) => route.path === path)`, `for (const route of routes)`, `routes[i].path`.
 * Elements may hold patterns instead: `routes.find((route) => route.pattern.test(path))`.
 */
export function readList(search: Search, known: Known, member: MemberExpression): void {
  const name = propertyName(member);
  const list = listBehind(known.source, unwrap(member.object));
  const value = list && resolveValue(search.repo, known.source, list);
  if (name === undefined || value?.node.type !== 'ArrayExpression' || !isNew(search, known, value, name)) return;
  const inList = { ...known, source: value.source };
  for (const element of value.node.elements) {
    if (element?.type !== 'ObjectExpression') continue;
    const path = valueOfKey(element, name);
    const text = staticString(path);
    const template = text?.startsWith('/') ? text : path && patternTemplate(search, inList, path);
    const method = staticString(valueOfKey(element, 'method'))?.toUpperCase();
    if (template !== undefined) add(search, inList, element, template, method);
  }
}

/** What a loop, a callback such as that of `find`, or an index takes its element from. */
function listBehind(source: Source, element: Node): Node | undefined {
  if (element.type === 'MemberExpression') return element.computed ? element.object : undefined;
  const binding = bindingOf(source, element);
  if (binding === undefined) return undefined;
  const [declaration] = binding.declarations;
  const declarator = declaration && parentOf(source, declaration);
  if (declarator?.type === 'VariableDeclarator' && declarator.init?.type === 'MemberExpression') return listBehind(source, declarator.init);
  const { scope } = binding;
  if (scope.type === 'ForOfStatement') return scope.right;
  const call = isFunction(scope) ? parentOf(source, scope) : undefined;
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' ? call.callee.object : undefined;
}

/** Template of a regular expression, written there or kept in a variable. */
export function patternTemplate({ repo }: Search, { source }: Known, node: Node): string | undefined {
  const value = unwrap(resolveValue(repo, source, node)?.node ?? node);
  return value.type === 'Literal' && 'regex' in value && value.regex !== undefined ? regexTemplate(value.regex.pattern) : undefined;
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
  if (definition !== undefined && isNew(search, known, definition, 'table'))
    readEntries(search, { ...known, source: definition.source }, unwrap(definition.node), undefined);
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
