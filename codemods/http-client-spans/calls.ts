import {
  callsOf,
  isGlobal,
  keyName,
  lineOf,
  type Node,
  nodesOf,
  originOf,
  propertyName,
  type Source,
  staticString,
} from '../../src/ast/index.ts';
import { type Client, clients } from './clients.ts';

/** An outgoing call in the source. */
export interface OutgoingCall {
  readonly library: string;
  readonly over: Client['over'];
  readonly file: string;
  readonly line: number;
}

const byModule = new Map(clients.map((client) => [client.module, client]));

/** Calls that send HTTP requests, in source order. */
export function outgoingCalls(source: Source): readonly OutgoingCall[] {
  return callsOf(source).flatMap((call) => {
    const place = { file: source.file, line: lineOf(source, call.start) };
    if (isGlobalFetch(source, call.callee)) return [{ library: 'fetch', over: 'fetch' as const, ...place }];
    const origin = originOf(source, call.callee);
    const client = origin && byModule.get(origin.module);
    if (origin === undefined || client === undefined) return [];
    const isSending =
      client.members === undefined ? origin.path !== 'create' && origin.path !== 'extend' : client.members.includes(origin.path);
    return isSending ? [{ library: client.module, over: client.over, ...place }] : [];
  });
}

/** Lines that write a traceparent header by hand. */
export function handWrittenHeaders(source: Source): readonly number[] {
  const found = nodesOf(source).filter((node) => isHeaderKey(node) || isHeaderWrite(node));
  return found.map((node) => lineOf(source, node.start));
}

function isGlobalFetch(source: Source, callee: Node): boolean {
  if (callee.type === 'Identifier') return isGlobal(source, callee, 'fetch');
  return callee.type === 'MemberExpression' && propertyName(callee) === 'fetch' && isGlobal(source, callee.object, 'globalThis');
}

function isHeaderKey(node: Node): boolean {
  return (
    node.type === 'Property' &&
    keyName(node)?.toLowerCase() === 'traceparent' &&
    node.value.type !== 'AssignmentPattern' &&
    !isPattern(node)
  );
}

/** `const { traceparent } = headers` reads. */
function isPattern(node: Node): boolean {
  return 'shorthand' in node && node.shorthand === true;
}

function isHeaderWrite(node: Node): boolean {
  if (node.type === 'AssignmentExpression') return propertyName(node.left)?.toLowerCase() === 'traceparent';
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const [first] = node.arguments;
  return (
    /^(set|append)$/.test(propertyName(node.callee) ?? '') && first !== undefined && staticString(first)?.toLowerCase() === 'traceparent'
  );
}
