import {
  bindingOf,
  type CallExpression,
  callsOf,
  isFunction,
  isGlobal,
  keyName,
  type Node,
  originOf,
  parentOf,
  propertyName,
  resolveValue,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';

/** `process.on(event, handler)` for an event that ends programs. */
export interface Registration {
  readonly source: Source;
  readonly handler: Node;
}

const endings = new Set([
  'SIGTERM',
  'SIGINT',
  'SIGQUIT',
  'SIGHUP',
  'SIGBREAK',
  'SIGUSR2',
  'uncaughtException',
  'unhandledRejection',
  'disconnect',
]);
const listens = /^(on|once|addListener|prependListener|prependOnceListener)$/;

export function findRegistrations(repo: Repo, source: Source): readonly Registration[] {
  return callsOf(source).flatMap((call) => {
    const [event, handler] = call.arguments;
    if (call.type !== 'CallExpression' || !isProcessMethod(source, call, listens) || event === undefined || handler === undefined)
      return [];
    const isEnding = eventsOf(repo, source, event).some(
      (name) => endings.has(name) || (name === 'message' && mentionsShutdown(source, handler)),
    );
    return isEnding ? [{ source, handler }] : [];
  });
}

/** True for `process.<method>(...)` and for the method imported from node:process. */
function isProcessMethod(source: Source, call: CallExpression, method: RegExp): boolean {
  return processMember(source, call.callee, method);
}

/** True when an expression is a member of Node's own `process`. */
export function processMember(source: Source, expression: Node, method: RegExp): boolean {
  const node = unwrap(expression);
  const name = propertyName(node);
  if (node.type === 'MemberExpression' && name !== undefined && isGlobal(source, node.object, 'process')) return method.test(name);
  const origin = node.type === 'Identifier' || node.type === 'MemberExpression' ? originOf(source, node) : undefined;
  return origin?.module === 'process' && method.test(origin.path);
}

/** PM2 sends the message `shutdown` where signals do not exist. */
function mentionsShutdown(source: Source, handler: Node): boolean {
  return /['"`]shutdown['"`]/.test(source.text.slice(handler.start, handler.end));
}

/** The event, or every event of the list that a loop takes it from. */
function eventsOf(repo: Repo, source: Source, event: Node): readonly string[] {
  const text = staticString(event) ?? staticString(resolveValue(repo, source, event)?.node);
  if (text !== undefined) return [text];
  const binding = bindingOf(source, unwrap(event));
  if (binding === undefined) return [];
  const list = listBehind(source, binding.scope);
  const value = list && unwrap(resolveValue(repo, source, list)?.node ?? list);
  return value === undefined ? [] : stringsIn(value);
}

/** `list` of `list.forEach((each) => ...)`, `Object.keys(list).forEach(...)` and `for (const each of list)`. */
function listBehind(source: Source, scope: Node): Node | undefined {
  if (scope.type === 'ForOfStatement') return keysArgument(scope.right) ?? scope.right;
  const call = isFunction(scope) ? parentOf(source, scope) : undefined;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  return keysArgument(call.callee.object) ?? call.callee.object;
}

function keysArgument(node: Node): Node | undefined {
  if (node.type !== 'CallExpression' || !/^(keys|entries)$/.test(propertyName(node.callee) ?? '')) return undefined;
  return node.arguments[0];
}

function stringsIn(value: Node): readonly string[] {
  if (value.type === 'ArrayExpression') return value.elements.flatMap((each) => staticString(each) ?? []);
  if (value.type === 'ObjectExpression') return value.properties.flatMap((each) => keyName(each) ?? []);
  return [];
}
