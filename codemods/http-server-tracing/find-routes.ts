import {
  type CallExpression,
  type Node,
  nodesWithin,
  parentOf,
  propertyName,
  resolveValue,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { calledFunction, type FunctionDefinition } from './called-function.ts';
import { type Known, type Meaning, meaningOf } from './path-meaning.ts';
import { readRegistrations } from './registered-routes.ts';
import { methodAt, parameterMeanings, spreadMeanings } from './request-paths.ts';
import { add, addText, type FoundRoute, patternTemplate, placeOf, readList, readTable, type Search } from './route-tables.ts';

/** Routes stated in a handler and in the functions, of any file, that it hands the request or its path to, in source order. */
export function findRoutes(repo: Repo, source: Source, node: Node, handler: FunctionDefinition): readonly FoundRoute[] {
  const search: Search = { repo, seen: new Set(), read: new Set(), found: [] };
  const owner = ownerOf(node);
  if (owner !== undefined) readRegistrations(search, { source, meanings: new Map() }, owner);
  searchFunctions(search, { target: handler, given: ['request'], method: undefined });
  return search.found;
}

/** `router` of `router.handle` and of `router.handle.bind(router)`. */
function ownerOf(handler: Node): Node | undefined {
  const node = unwrap(handler);
  if (node.type === 'CallExpression') return propertyName(node.callee) === 'bind' ? ownerOf(node.callee) : undefined;
  if (node.type !== 'MemberExpression') return undefined;
  return propertyName(node) === 'bind' ? ownerOf(node.object) : node.object;
}

/** One function, and what is known when it is called. */
interface Entered {
  readonly target: FunctionDefinition;
  readonly given: readonly (Meaning | undefined)[];
  readonly method: string | undefined;
}

/** Reads a function and, where it is called, each function that it hands the request to. The calls are kept in a list, because they may lead deep. */
function searchFunctions(search: Search, first: Entered): void {
  const open = [searchFunction(search, first)];
  for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
    const next = at.next();
    if (next.done) open.pop();
    else open.push(searchFunction(search, next.value));
  }
}

/** Gives out the functions to read before it goes on. */
function* searchFunction(search: Search, { target: { source, node: handler }, given, method }: Entered): Generator<Entered, void> {
  const place = placeOf({ source, node: handler });
  if (search.seen.has(place)) return;
  search.seen.add(place);
  const known = { ...spreadMeanings(source, handler, parameterMeanings(source, handler, given)), method };
  for (const node of nodesWithin(source, handler)) {
    readNode(search, known, node);
    const entered = node.type === 'CallExpression' ? enterCall(search, known, node) : undefined;
    if (entered !== undefined) yield entered;
  }
}

/** A function that receives the request, its path or its method is searched as well. */
function enterCall(search: Search, known: Known, call: CallExpression): Entered | undefined {
  const given = call.arguments.map((each) => meaningOf(known, each));
  if (!given.includes('request') && !given.includes('path')) return undefined;
  if (given.includes('request'))
    readRegistrations(search, known, call.callee.type === 'MemberExpression' ? call.callee.object : call.callee);
  const target = calledFunction(search.repo, known.source, call.callee);
  return target && { target, given, method: methodAt(known, call) };
}

function readNode(search: Search, known: Known, node: Node): void {
  if (node.type === 'BinaryExpression') readComparison(search, known, node.operator, node.left, node.right);
  if (node.type === 'SwitchStatement' && isPath(known, node.discriminant)) {
    for (const each of node.cases) if (each.test !== null) readText(search, known, each.test);
  }
  if (node.type === 'MemberExpression' && node.computed && isPath(known, node.property)) readTable(search, known, node.object);
  if (node.type === 'CallExpression') readCall(search, known, node);
}

function readComparison(search: Search, known: Known, operator: string, left: Node, right: Node): void {
  if (operator === 'in' && isPath(known, left)) readTable(search, known, right);
  if (!/^[!=]==?$/.test(operator)) return;
  const other = isPath(known, left) ? right : isPath(known, right) ? left : undefined;
  if (other === undefined) return;
  readText(search, known, other, operator.startsWith('!') ? 'unknown' : undefined);
  if (other.type === 'MemberExpression') readList(search, known, other);
}

function isPath(known: Known, node: Node): boolean {
  return meaningOf(known, node) === 'path';
}

function readText(search: Search, known: Known, node: Node, method?: string): void {
  const text = staticString(node) ?? staticString(resolveValue(search.repo, known.source, node)?.node);
  if (text !== undefined) addText(search, known, node, text, method);
}

/** `path.startsWith('/x')`, `path.indexOf('/x') === 0`, `/^\/x$/.test(path)`, `path.match(...)`, `['/x'].includes(path)`, `map.get(path)`. */
function readCall(search: Search, known: Known, call: CallExpression): void {
  const { callee } = call;
  const [first] = call.arguments;
  const method = propertyName(callee);
  if (callee.type !== 'MemberExpression' || method === undefined || first === undefined) return;
  if (isPath(known, callee.object)) readPathMethod(search, known, call, method, first);
  else if (isPath(known, first)) readLookup(search, known, call, method, callee.object);
}

function readPathMethod(search: Search, known: Known, call: CallExpression, method: string, first: Node): void {
  const prefix = staticString(first);
  const isPrefix = method === 'startsWith' || (method === 'indexOf' && isComparedWithZero(known.source, call));
  if (isPrefix && prefix !== undefined) addPrefix(search, known, call, prefix);
  if (method === 'match' || method === 'search') readPattern(search, known, call, first);
}

const lookups = new Set(['includes', 'has', 'get', 'hasOwnProperty']);

function readLookup(search: Search, known: Known, call: CallExpression, method: string, object: Node): void {
  if (method === 'test' || method === 'exec') readPattern(search, known, call, object);
  if (lookups.has(method)) readTable(search, known, object);
}

function isComparedWithZero(source: Source, call: CallExpression): boolean {
  const parent = parentOf(source, call);
  if (parent?.type !== 'BinaryExpression' || !/^===?$/.test(parent.operator)) return false;
  return [parent.left, parent.right].some((each) => each.type === 'Literal' && each.value === 0);
}

function addPrefix(search: Search, known: Known, node: Node, prefix: string): void {
  if (/^\/[^\s?#]+$/.test(prefix)) add(search, known, node, `${prefix.replace(/\/$/, '')}/*`);
}

function readPattern(search: Search, known: Known, at: Node, node: Node): void {
  const template = patternTemplate(search, known, node);
  if (template !== undefined) add(search, known, at, template);
  else if (node.type === 'MemberExpression') readList(search, known, node);
}
