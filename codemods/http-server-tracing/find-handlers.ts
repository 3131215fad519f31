import {
  type CallExpression,
  callsOf,
  type NewExpression,
  type Node,
  originOf,
  parentOf,
  propertyName,
  resolveValue,
  rootCall,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { type HandlerKind, handlerKind } from './handler-kind.ts';

/** An expression that a node:http server calls for each request. */
export interface Handler {
  readonly call: CallExpression | NewExpression;
  readonly node: Node;
  readonly kind: HandlerKind;
}

/** Request handlers of every raw server in a file, in source order. */
export function findHandlers(repo: Repo, source: Source): readonly Handler[] {
  return callsOf(source).flatMap((call) => {
    const created = isServerCreation(source, call) ? creationHandler(repo, source, call) : undefined;
    const node = created ?? (isRequestListener(repo, source, call) ? call.arguments[1] : undefined);
    if (node === undefined) return [];
    return [{ call, node, kind: handlerKind(repo, source, node) }];
  });
}

function isServerCreation(source: Source, call: CallExpression | NewExpression): boolean {
  const origin = originOf(source, call.callee);
  const isHttp = origin?.module === 'http' || origin?.module === 'https';
  return isHttp && (origin.path === 'createServer' || origin.path === 'Server');
}

function creationHandler(repo: Repo, source: Source, call: CallExpression | NewExpression): Node | undefined {
  const [first, second] = call.arguments;
  if (second !== undefined) return second;
  if (first === undefined || first.type === 'SpreadElement') return undefined;
  // `createServer(options)` has no handler.
  const value = resolveValue(repo, source, first)?.node ?? unwrap(first);
  if (
    value.type === 'ObjectExpression' ||
    /^(ssl|tls|https?)?_?(options?|opts|config|credentials|creds|certs?)$/i.test(lastName(source, first))
  )
    return undefined;
  return first;
}

function lastName(source: Source, node: Node): string {
  return source.text.slice(node.start, node.end).split('.').at(-1) ?? '';
}

const listens = /^(on|addListener|prependListener)$/;

/** `server.on('request', handler)` on a server of node:http. */
function isRequestListener(repo: Repo, source: Source, call: CallExpression | NewExpression): boolean {
  if (call.callee.type !== 'MemberExpression' || !listens.test(propertyName(call.callee) ?? '')) return false;
  if (staticString(call.arguments[0]) !== 'request') return false;
  return isServer(repo, source, call.callee.object);
}

function isServer(repo: Repo, source: Source, node: Node): boolean {
  const definition = resolveValue(repo, source, node);
  const value = definition && rootCall(unwrap(definition.node));
  if (definition === undefined || value === undefined) return isFieldServer(source, node);
  return isServerCreation(definition.source, value);
}

/** `this.server`, when the same file sets it to a new server. */
function isFieldServer(source: Source, node: Node): boolean {
  const text = source.text.slice(node.start, node.end);
  if (!/^this\.\w+$/.test(text)) return false;
  return serverFields(source).has(text);
}

const fields = new WeakMap<Source, ReadonlySet<string>>();

/** `this.server` and whatever else a file puts a new server into. */
function serverFields(source: Source): ReadonlySet<string> {
  let known = fields.get(source);
  if (known === undefined) {
    known = new Set(callsOf(source).flatMap((call) => (isServerCreation(source, call) ? (fieldOf(source, call) ?? []) : [])));
    fields.set(source, known);
  }
  return known;
}

function fieldOf(source: Source, call: Node): string | undefined {
  const parent = parentOf(source, call);
  if (parent?.type === 'PropertyDefinition') return `this.${source.text.slice(parent.key.start, parent.key.end)}`;
  return parent?.type === 'AssignmentExpression' ? source.text.slice(parent.left.start, parent.left.end) : undefined;
}
