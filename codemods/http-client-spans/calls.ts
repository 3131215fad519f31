import {
  bindingOf,
  callsOf,
  isGlobal,
  lineOf,
  type Node,
  type Origin,
  originOf,
  parentOf,
  propertyName,
  type Source,
  unwrap,
  writesOf,
} from '../../src/ast/index.ts';
import { type Client, clients } from './clients.ts';
import { http2Defaults, speaksHttp2 } from './http2-options.ts';

/** An outgoing call in the source. */
export interface OutgoingCall {
  readonly library: string;
  readonly over: Client['over'] | 'http2';
  readonly file: string;
  readonly line: number;
}

const byModule = new Map(clients.map((client) => [client.module, client]));

/** Calls that send HTTP requests, in source order. */
export function outgoingCalls(source: Source): readonly OutgoingCall[] {
  const defaults = http2Defaults(source).map(({ module, start }) => {
    return { library: module, over: 'http2' as const, file: source.file, line: lineOf(source, start) };
  });
  const calls = callsOf(source).flatMap((call): readonly OutgoingCall[] => {
    const place = { file: source.file, line: lineOf(source, call.start) };
    if (isGlobalFetch(source, call.callee)) return [{ library: 'fetch', over: 'fetch' as const, ...place }];
    const origins = originsOf(source, call.callee);
    const told = origins.find(({ module }) => byModule.has(module) && speaksHttp2(source, module, call));
    if (told !== undefined) return [{ library: told.module, over: 'http2' as const, ...place }];
    const sending = origins.filter(isSending);
    const [first] = sending.flatMap(({ module }) => byModule.get(module) ?? []);
    if (first === undefined) return [];
    const library = [...new Set(sending.map(({ module }) => module))].sort().join(' or ');
    return [{ library, over: first.over, ...place }];
  });
  return [...calls, ...defaults].toSorted((a, b) => a.line - b.line);
}

function isSending({ module, path }: Origin): boolean {
  const client = byModule.get(module);
  if (client === undefined) return false;
  return client.members === undefined ? path !== 'create' && path !== 'extend' : client.members.includes(path);
}

/** What an expression may be; more than one where the code chooses, as in `secure ? https : http`. */
function originsOf(source: Source, node: Node, depth = 0): readonly Origin[] {
  const origin = originOf(source, node);
  if (origin !== undefined || depth > 6) return origin === undefined ? [] : [origin];
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap((each) => originsOf(source, each, depth + 1));
  if (node.type === 'LogicalExpression') return [node.left, node.right].flatMap((each) => originsOf(source, each, depth + 1));
  if (node.type === 'MemberExpression') {
    const name = propertyName(node);
    const objects = name === undefined ? [] : originsOf(source, unwrap(node.object), depth + 1);
    return objects.flatMap(({ module, path }) => (path === '' && name !== undefined ? [{ module, path: name }] : []));
  }
  return node.type === 'Identifier' ? valuesOf(source, node).flatMap((each) => originsOf(source, unwrap(each), depth + 1)) : [];
}

/** Values that a variable is given in this file. */
function valuesOf(source: Source, identifier: Node): readonly Node[] {
  const binding = bindingOf(source, identifier);
  const [declaration, ...more] = binding?.declarations ?? [];
  if (binding === undefined || declaration === undefined || more.length > 0) return [];
  const declarator = parentOf(source, declaration);
  if (declarator?.type !== 'VariableDeclarator') return [];
  return [...(declarator.init && declarator.id === declaration ? [declarator.init] : []), ...writesOf(source, binding)];
}

function isGlobalFetch(source: Source, callee: Node): boolean {
  if (callee.type === 'Identifier') return isGlobal(source, callee, 'fetch');
  return callee.type === 'MemberExpression' && propertyName(callee) === 'fetch' && isGlobal(source, callee.object, 'globalThis');
}
