import {
  type CallExpression,
  callsOf,
  isFunction,
  keyName,
  lineOf,
  type Node,
  nodesOf,
  nodesWithin,
  type ObjectExpression,
  originOf,
  propertyName,
  resolveValue,
  type Source,
  sourceOf,
  unwrap,
} from '../../../src/ast/index.ts';
import type { JsonSchema, Repo, RequestSchema, Route } from '../../../src/contract/index.ts';
import { isRecord } from '../../../src/contract/record.ts';
import { literalOf } from './literal.ts';
import { typeSchema } from './type-schema.ts';
import { validatorSchema } from './validator-schema.ts';

type Part = 'body' | 'params' | 'query';

interface Found {
  readonly part: Part;
  readonly schema: JsonSchema;
  readonly source: Source;
  readonly node: Node;
}

/** What the code at a route says of its requests: a JSON Schema or a validator's beside it, one that the handler calls, a type of its body. */
export function statedRequest(route: Route, repo: Repo): RequestSchema | undefined {
  const source = sourceOf(route.evidence.file, repo.read(route.evidence.file));
  const places = source === undefined ? [] : placesAt(source, route.evidence.line);
  const found = places.flatMap((node) => (source === undefined ? [] : [...beside(repo, source, node), ...inside(repo, source, node)]));
  const first = (part: Part): Found | undefined => found.find((each) => each.part === part && Object.keys(each.schema).length > 0);
  const [body, params, query] = [first('body'), first('params'), first('query')];
  const shown = body ?? params ?? query;
  if (shown === undefined) return undefined;
  return {
    ...(body && { body: body.schema }),
    ...(params && { params: params.schema }),
    ...(query && { query: query.schema }),
    evidence: { file: shown.source.file, line: lineOf(shown.source, shown.node.start) },
  };
}

/** The call, the object or the method that makes a route on this line. */
function placesAt(source: Source, line: number): readonly Node[] {
  const calls = callsOf(source).filter((call) => call.callee.type === 'MemberExpression' && lineOf(source, call.callee.end) === line);
  if (calls.length > 0) return calls.slice(0, 1);
  return nodesOf(source)
    .filter(
      (node) =>
        (node.type === 'MethodDefinition'
          ? lineOf(source, node.key.start)
          : node.type === 'ObjectExpression'
            ? lineOf(source, node.start)
            : 0) === line,
    )
    .slice(0, 1);
}

const parts: Readonly<Record<string, Part>> = {
  body: 'body',
  payload: 'body',
  json: 'body',
  params: 'params',
  param: 'params',
  query: 'query',
  querystring: 'query',
};
const folders = new Set(['schema', 'options', 'config', 'validate', 'request']);

/** Schemas in the arguments of a route: `{ schema: { body } }`, `{ options: { validate: { payload } } }`, `validate(Order)`, `celebrate({ body })`. */
function beside(repo: Repo, source: Source, node: Node): readonly Found[] {
  const given = node.type === 'CallExpression' ? node.arguments : [node];
  return given.flatMap((each) => {
    const value = resolveValue(repo, source, each);
    const at = value?.source ?? source;
    const inner = unwrap(value?.node ?? each);
    if (inner.type === 'ObjectExpression') return inObject(repo, at, inner, 0);
    if (inner.type !== 'CallExpression') return [];
    return inner.arguments.flatMap((argument) => inArgument(repo, at, argument));
  });
}

/** `validate(Order)` and `celebrate({ body: Order })`. */
function inArgument(repo: Repo, source: Source, argument: Node): readonly Found[] {
  const value = resolveValue(repo, source, argument);
  const object = unwrap(value?.node ?? argument);
  if (object.type === 'ObjectExpression') return inObject(repo, value?.source ?? source, object, 0);
  const schema = validatorSchema(repo, source, argument);
  if (schema?.['type'] !== 'object') return [];
  return [{ part: 'body', schema: bodyWithin(schema) ?? schema, source, node: argument }];
}

/** `z.object({ body: z.object({ … }) })`: the schema of a whole request. */
function bodyWithin(schema: JsonSchema): JsonSchema | undefined {
  const body: unknown = Object(schema['properties'])['body'];
  return typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : undefined;
}

function inObject(repo: Repo, source: Source, object: ObjectExpression, depth: number): readonly Found[] {
  if (depth > 4) return [];
  return object.properties.flatMap((property): readonly Found[] => {
    if (property.type !== 'Property') return [];
    const key = keyName(property) ?? segment(source, property.key) ?? '';
    const part = parts[key];
    const value = resolveValue(repo, source, property.value);
    const at = { source: value?.source ?? source, node: unwrap(value?.node ?? property.value) };
    if (part !== undefined) {
      const schema = validatorSchema(repo, source, property.value) ?? jsonSchema(repo, source, property.value);
      return schema === undefined ? [] : [{ part, schema, ...at }];
    }
    return folders.has(key) && at.node.type === 'ObjectExpression' ? inObject(repo, at.source, at.node, depth + 1) : [];
  });
}

/** `[Segments.BODY]` of celebrate. */
function segment(source: Source, key: Node): string | undefined {
  const origin = originOf(source, key);
  return origin?.path.startsWith('Segments.') ? origin.path.slice('Segments.'.length).toLowerCase() : undefined;
}

/** A JSON Schema written as an object; Fastify takes its properties alone as well. */
function jsonSchema(repo: Repo, source: Source, node: Node): JsonSchema | undefined {
  const value = literalOf(repo, source, node);
  if (!isRecord(value)) return undefined;
  const schema: JsonSchema = Object.fromEntries(Object.entries(value));
  if ('type' in schema || 'properties' in schema || '$ref' in schema) return schema;
  const isFields = Object.values(schema).every((each) => typeof each === 'object' && each !== null && 'type' in each);
  return isFields && Object.keys(schema).length > 0 ? { type: 'object', properties: schema } : undefined;
}

/** What the handlers do with the body: `Order.parse(req.body)`, `req.body as Order`, and the types of their parameters. */
function inside(repo: Repo, source: Source, node: Node): readonly Found[] {
  const generics = node.type === 'CallExpression' ? genericBody(repo, source, node) : [];
  const handlers = (node.type === 'CallExpression' ? node.arguments : [node]).flatMap((each) => {
    const found = each === node ? { source, node } : resolveValue(repo, source, each);
    const value = found && unwrap(found.node);
    return found !== undefined && value && (isFunction(value) || each === node) ? [{ source: found.source, node: value }] : [];
  });
  const read = handlers.flatMap((handler) =>
    nodesWithin(handler.source, handler.node).flatMap((each) => readNode(repo, handler.source, each)),
  );
  return [...generics, ...read];
}

/** `app.post<{ Body: Order }>(…)`. */
function genericBody(repo: Repo, source: Source, call: CallExpression): readonly Found[] {
  const [first] = call.typeArguments?.params ?? [];
  return first === undefined ? [] : ofMember(repo, source, first, 'Body');
}

function ofMember(repo: Repo, source: Source, type: Node, name: string): readonly Found[] {
  if (type.type !== 'TSTypeLiteral') return [];
  const member = type.members.find((each) => keyName(each) === name);
  const inner = member?.type === 'TSPropertySignature' ? member.typeAnnotation?.typeAnnotation : undefined;
  return inner === undefined ? [] : [{ part: 'body', schema: typeSchema(repo, source, inner), source, node: inner }];
}

const asks = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'validate', 'validateAsync', 'validateSync', 'attempt']);

function readNode(repo: Repo, source: Source, node: Node): readonly Found[] {
  const isBody = (each: Node | undefined): boolean =>
    each !== undefined && /\b(body|payload)\b|\.json\(\)$/.test(source.text.slice(each.start, each.end));
  const typed = (type: Node | undefined | null): readonly Found[] =>
    type ? [{ part: 'body', schema: typeSchema(repo, source, type), source, node: type }] : [];
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && asks.has(propertyName(node.callee) ?? '')) {
    if (!node.arguments.some(isBody)) return [];
    const stated = [node.callee.object, ...node.arguments].flatMap((each): JsonSchema[] => {
      const schema = validatorSchema(repo, source, each);
      return schema === undefined ? [] : [schema];
    });
    return stated.slice(0, 1).map((schema) => ({ part: 'body', schema, source, node }));
  }
  if (node.type === 'TSAsExpression' && isBody(node.expression)) return typed(node.typeAnnotation);
  if (node.type === 'VariableDeclarator' && isBody(node.init ?? undefined)) return typed(node.id.typeAnnotation?.typeAnnotation);
  return parameterBody(repo, source, node, typed);
}

/** `req: Request<Params, Reply, Order>`, `req: FastifyRequest<{ Body: Order }>`, `@Body() order: Order`. */
function parameterBody(repo: Repo, source: Source, node: Node, typed: (type: Node | undefined) => readonly Found[]): readonly Found[] {
  if (node.type !== 'Identifier') return [];
  const type = node.typeAnnotation?.typeAnnotation;
  if (type === undefined) return [];
  const decorators: readonly Node[] = 'decorators' in node && Array.isArray(node.decorators) ? node.decorators : [];
  if (
    decorators.some((each) => each.type === 'Decorator' && each.expression.type === 'CallExpression' && isBodyOf(source, each.expression))
  )
    return typed(type);
  if (type.type !== 'TSTypeReference') return [];
  const name = source.text.slice(type.typeName.start, type.typeName.end);
  const given = type.typeArguments?.params ?? [];
  if (/(^|\.)Request$/.test(name)) return typed(given[2]);
  return /Request$/.test(name) && given[0] ? ofMember(repo, source, given[0], 'Body') : [];
}

function isBodyOf(source: Source, call: CallExpression): boolean {
  const origin = originOf(source, call.callee);
  return origin?.path === 'Body' && call.arguments.length === 0;
}
