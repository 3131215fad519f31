import { recordError, recordUncaught } from '../../process/finish';
import { activeRpc, type RequestState } from '../../server/request';
import { read, textOf } from '../reader';

/** What a request to a GraphQL endpoint asks for; the path is the same for all of them. */
export interface Operation {
  readonly type: string | undefined;
  readonly name: string | undefined;
}

const named = new WeakSet<RequestState>();

/** Says on the SERVER span which operation runs; of several in one request the first. */
export function noteOperation({ type, name }: Operation, state = activeState()): void {
  if (state === undefined || named.has(state) || type === undefined) return;
  named.add(state);
  state.span.setAttribute('graphql.operation.type', type);
  if (name !== undefined && name !== '') state.span.setAttribute('graphql.operation.name', name);
}

/** Errors of a result leave with a 200. One that a resolver did not mean to answer with is a failure of the request. */
export function noteErrors(errors: unknown, state = activeState()): void {
  if (state === undefined || !Array.isArray(errors)) return;
  for (const error of errors) {
    const cause: unknown = read(error, 'originalError') || error;
    if (isMeant(cause)) recordError(state, asError(cause));
    else recordUncaught(state, asError(cause));
  }
}

export function activeState(): RequestState | undefined {
  const rpc = activeRpc();
  return rpc && rpc.state;
}

/** An error of GraphQL itself (a wrong query or value), or one with a code that the client is to read. */
function isMeant(error: unknown): boolean {
  const code = textOf(read(error, 'extensions', 'code'));
  if (code !== undefined) return code !== 'INTERNAL_SERVER_ERROR';
  return read(error, 'name') === 'GraphQLError';
}

/** Servers hand on what is sent, which is no error any more. */
function asError(error: unknown): unknown {
  if (error instanceof Error) return error;
  const message = textOf(read(error, 'message'));
  return message === undefined ? error : message;
}

/** The operation of a parsed document. */
export function operationOf(document: unknown, wanted: unknown): Operation | undefined {
  const definitions: unknown = read(document, 'definitions');
  const operations = (Array.isArray(definitions) ? definitions : []).filter((one) => read(one, 'kind') === 'OperationDefinition');
  const name = textOf(wanted);
  const found = operations.find((one) => name === undefined || name === '' || read(one, 'name', 'value') === name);
  return found && { type: textOf(read(found, 'operation')), name: textOf(read(found, 'name', 'value')) };
}

const HIDDEN = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g;

/** The operation of a query as it was sent, where nobody shows what it was parsed into. */
export function operationIn(query: unknown, wanted: unknown): Operation | undefined {
  if (typeof query !== 'string') return undefined;
  const text = query.replace(HIDDEN, ' ');
  const name = textOf(wanted);
  const operations = /(?:^|[\s}])(query|mutation|subscription)\b\s*([_A-Za-z]\w*)?/g;
  for (let found = operations.exec(text); found !== null; found = operations.exec(text))
    if (isOutermost(text, found.index) && (name === undefined || name === '' || found[2] === name))
      return { type: found[1], name: found[2] };
  return /^\s*\{/.test(text) ? { type: 'query', name: undefined } : undefined;
}

/** A field can be called `query`. */
function isOutermost(text: string, at: number): boolean {
  let depth = 0;
  for (const sign of text.slice(0, at + 1)) depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
  return depth === 0;
}
