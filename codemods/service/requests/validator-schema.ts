import {
  type CallExpression,
  keyName,
  type Node,
  type ObjectExpression,
  originOf,
  propertyName,
  resolveValue,
  type Source,
  unwrap,
} from '../../../src/ast/index.ts';
import type { JsonSchema, Repo } from '../../../src/contract/index.ts';
import { literalOf } from './literal.ts';

/** Packages whose chained calls describe a value: `z.string().email()`, `Joi.number().integer()`. */
const validators = ['zod', 'joi', '@hapi/joi', 'yup', 'celebrate'];

/** One call of a chain, e.g. `min(1)`. */
interface Link {
  readonly name: string;
  readonly arguments: readonly Node[];
}

/** A schema of a validator as JSON Schema; undefined when the expression is none. Required keys are those that no `optional()` is said of. */
export function validatorSchema(repo: Repo, source: Source, node: Node, depth = 0): JsonSchema | undefined {
  if (depth > 12) return undefined;
  const found = resolveValue(repo, source, node);
  const value = unwrap(found?.node ?? node);
  const at = found?.source ?? source;
  const chain = value.type === 'CallExpression' ? chainOf(at, value) : undefined;
  if (chain === undefined) return undefined;
  const isJoi = chain.module !== 'zod';
  const inner = (each: Node | undefined): JsonSchema => (each && validatorSchema(repo, at, each, depth + 1)) ?? {};
  let schema: JsonSchema = {};
  for (const link of chain.links) schema = step(schema, link, { repo, source: at, isJoi, inner });
  return schema;
}

interface Place {
  readonly repo: Repo;
  readonly source: Source;
  readonly isJoi: boolean;
  readonly inner: (node: Node | undefined) => JsonSchema;
}

const types: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  int: 'integer',
  integer: 'integer',
  boolean: 'boolean',
  bool: 'boolean',
  bigint: 'integer',
};
const formats: Readonly<Record<string, string>> = {
  email: 'email',
  uuid: 'uuid',
  guid: 'uuid',
  url: 'uri',
  uri: 'uri',
  datetime: 'date-time',
  isoDate: 'date-time',
  date: 'date-time',
};

function step(schema: JsonSchema, { name, arguments: [first] }: Link, place: Place): JsonSchema {
  const text = types[name];
  if (text !== undefined) return { ...schema, type: text };
  const format = formats[name];
  if (format !== undefined) return { ...schema, type: 'string', format };
  const nest = nested(schema, name, first, place);
  if (nest !== undefined) return nest;
  const value = first && literalOf(place.repo, place.source, first);
  return rules[name]?.(schema, value) ?? schema;
}

/** Calls that are given other schemas. */
function nested(schema: JsonSchema, name: string, first: Node | undefined, place: Place): JsonSchema | undefined {
  switch (name) {
    case 'object':
    case 'strictObject':
    case 'keys':
      return first === undefined ? { ...schema, type: 'object' } : objectSchema(first, place);
    case 'extend':
      return first === undefined ? schema : merged(schema, objectSchema(first, place));
    case 'array':
      return { type: 'array', items: first === undefined && schema['type'] !== undefined ? schema : place.inner(first) };
    case 'items':
      return { ...schema, items: place.inner(first) };
    case 'union':
      return first?.type === 'ArrayExpression' ? place.inner(first.elements[0] ?? undefined) : schema;
    default:
      return undefined;
  }
}

const choice = (_schema: JsonSchema, value: unknown): JsonSchema => ({ enum: Array.isArray(value) ? value : [value] });
const stated = (schema: JsonSchema): JsonSchema => ({ ...schema, pattern: 'stated' });

/** Calls that are given values. */
const rules: Readonly<Record<string, (schema: JsonSchema, value: unknown) => JsonSchema>> = {
  enum: choice,
  valid: choice,
  oneOf: choice,
  literal: (_schema, value) => ({ const: value }),
  record: () => ({ type: 'object' }),
  min: (schema, value) => ({ ...schema, [schema['type'] === 'string' ? 'minLength' : 'minimum']: value }),
  length: (schema, value) => ({ ...schema, minLength: value, maxLength: value }),
  positive: (schema) => ({ ...schema, minimum: 1 }),
  regex: stated,
  pattern: stated,
  default: (schema, value) => ({ ...schema, default: value, optional: true }),
  optional: (schema) => ({ ...schema, optional: true }),
  nullish: (schema) => ({ ...schema, optional: true }),
  required: (schema) => ({ ...schema, required: true }),
};

function merged(one: JsonSchema, other: JsonSchema): JsonSchema {
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return {
    type: 'object',
    properties: { ...Object(one['properties']), ...Object(other['properties']) },
    required: [...list(one['required']), ...list(other['required'])],
  };
}

/** `{ sku: z.string() }`: Joi's keys are optional until `required()` is said, those of zod are required until `optional()` is. */
function objectSchema(node: Node, { repo, source, isJoi, inner }: Place): JsonSchema {
  const found = resolveValue(repo, source, node);
  const object: Node = unwrap(found?.node ?? node);
  if (object.type !== 'ObjectExpression') return { type: 'object' };
  const fields = fieldsOf(object).map(({ key, value }) => ({
    key,
    ...split(found === undefined ? inner(value) : innerAt(repo, found.source, value)),
  }));
  const required = fields.filter(({ isRequired, isOptional }) => (isJoi ? isRequired : !isOptional)).map(({ key }) => key);
  return { type: 'object', properties: Object.fromEntries(fields.map(({ key, schema }) => [key, schema])), required };
}

function innerAt(repo: Repo, source: Source, value: Node): JsonSchema {
  return validatorSchema(repo, source, value, 1) ?? {};
}

function split({ optional, required, ...schema }: JsonSchema): { schema: JsonSchema; isOptional: boolean; isRequired: boolean } {
  // Of an object, `required` lists its keys.
  const isList = Array.isArray(required);
  return { schema: isList ? { ...schema, required } : schema, isOptional: optional === true, isRequired: required === true || isList };
}

function fieldsOf(object: ObjectExpression): readonly { readonly key: string; readonly value: Node }[] {
  return object.properties.flatMap((property) => {
    const key = keyName(property);
    return property.type === 'Property' && key !== undefined ? [{ key, value: property.value }] : [];
  });
}

/** The calls of `z.string().min(1)`, first to last. */
function chainOf(source: Source, call: CallExpression): { readonly module: string; readonly links: readonly Link[] } | undefined {
  const links: Link[] = [];
  let at: Node = call;
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression') {
    links.unshift({ name: propertyName(at.callee) ?? '', arguments: at.arguments });
    at = unwrap(at.callee.object);
    // `z.coerce.number()`, `z.iso.datetime()`.
    while (at.type === 'MemberExpression' && ['coerce', 'iso'].includes(propertyName(at) ?? '')) at = unwrap(at.object);
  }
  if (at.type !== 'Identifier' && at.type !== 'MemberExpression') return undefined;
  const module = originOf(source, at)?.module;
  return module !== undefined && validators.includes(module) && links.length > 0 ? { module, links } : undefined;
}
