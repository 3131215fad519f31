import { importsOf, keyName, type Node, nodesOf, originOf, resolveModule, type Source, sourceOf } from '../../../src/ast/index.ts';
import type { JsonSchema, Repo } from '../../../src/contract/index.ts';
import { literalOf } from './literal.ts';
import { validatorSchema } from './validator-schema.ts';

/** What a TypeScript type says of a value, as JSON Schema; {} where it says nothing that could be made up. */
export function typeSchema(repo: Repo, source: Source, type: Node, depth = 0): JsonSchema {
  if (depth > 8) return {};
  const inner = (each: Node): JsonSchema => typeSchema(repo, source, each, depth + 1);
  switch (type.type) {
    case 'TSStringKeyword':
      return { type: 'string' };
    case 'TSNumberKeyword':
      return { type: 'number' };
    case 'TSBooleanKeyword':
      return { type: 'boolean' };
    case 'TSArrayType':
      return { type: 'array', items: inner(type.elementType) };
    case 'TSLiteralType':
      return type.literal.type === 'Literal' ? { const: type.literal.value } : {};
    case 'TSUnionType':
      return inner(type.types.find((each) => !['TSNullKeyword', 'TSUndefinedKeyword'].includes(each.type)) ?? type);
    case 'TSTypeLiteral':
      return membersSchema(repo, source, type.members, depth);
    case 'TSTypeReference':
      return referenceSchema(repo, source, type, depth);
    default:
      return {};
  }
}

function referenceSchema(repo: Repo, source: Source, type: Node & { type: 'TSTypeReference' }, depth: number): JsonSchema {
  const text = source.text.slice(type.typeName.start, type.typeName.end);
  const [given] = type.typeArguments?.params ?? [];
  if (text === 'Array' && given) return { type: 'array', items: typeSchema(repo, source, given, depth + 1) };
  if (text === 'Date') return { type: 'string', format: 'date-time' };
  if (/^(Partial|Readonly|Required)$/.test(text) && given) return typeSchema(repo, source, given, depth + 1);
  // `z.infer<typeof Order>`.
  if (/\.(infer|input|output|TypeOf)$/.test(text) && given?.type === 'TSTypeQuery')
    return validatorSchema(repo, source, given.exprName, depth) ?? {};
  return type.typeName.type === 'Identifier' ? namedSchema(repo, source, type.typeName.name, depth + 1) : {};
}

/** An interface, an alias or a class, of this file or of one that it imports. */
function namedSchema(repo: Repo, source: Source, name: string, depth: number): JsonSchema {
  if (depth > 8) return {};
  const node = nodesOf(source).find((each) => 'id' in each && each.id?.type === 'Identifier' && each.id.name === name && declares(each));
  if (node === undefined) return importedSchema(repo, source, name, depth);
  if (node.type === 'TSTypeAliasDeclaration') return typeSchema(repo, source, node.typeAnnotation, depth);
  const isTyped = node.type === 'TSInterfaceDeclaration' || node.type === 'ClassDeclaration';
  return isTyped ? membersSchema(repo, source, node.body.body, depth) : {};
}

function declares({ type }: Node): boolean {
  return type === 'TSInterfaceDeclaration' || type === 'TSTypeAliasDeclaration' || type === 'ClassDeclaration';
}

function importedSchema(repo: Repo, source: Source, name: string, depth: number): JsonSchema {
  for (const { names, specifier } of importsOf(source)) {
    const found = names.find(({ local }) => local === name);
    const file = found && specifier ? resolveModule(repo, source.file, specifier) : undefined;
    const other = file === undefined ? undefined : sourceOf(file, repo.read(file));
    if (found && other) return namedSchema(repo, other, found.imported === 'default' ? name : found.imported, depth + 1);
  }
  return {};
}

function membersSchema(repo: Repo, source: Source, members: readonly Node[], depth: number): JsonSchema {
  const fields = members.flatMap((member) => {
    const key = keyName(member);
    if (key === undefined || (member.type !== 'TSPropertySignature' && member.type !== 'PropertyDefinition')) return [];
    const typed = member.typeAnnotation?.typeAnnotation;
    const stated = typed === undefined ? {} : typeSchema(repo, source, typed, depth + 1);
    const said = member.type === 'PropertyDefinition' ? decoratedSchema(repo, source, member) : {};
    const { optional, ...schema } = { ...stated, ...said };
    return [{ key, schema, isOptional: member.optional === true || optional === true }];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ key, schema }) => [key, schema])),
    required: fields.filter(({ isOptional }) => !isOptional).map(({ key }) => key),
  };
}

const formats: Readonly<Record<string, JsonSchema>> = {
  IsEmail: { type: 'string', format: 'email' },
  IsUUID: { type: 'string', format: 'uuid' },
  IsUrl: { type: 'string', format: 'uri' },
  IsDateString: { type: 'string', format: 'date-time' },
  IsISO8601: { type: 'string', format: 'date-time' },
  IsInt: { type: 'integer' },
  IsPositive: { minimum: 1 },
  IsOptional: { optional: true },
  Matches: { pattern: 'stated' },
};

/** What the decorators of class-validator say of a field. */
function decoratedSchema(repo: Repo, source: Source, member: Node): JsonSchema {
  const decorators: readonly Node[] = 'decorators' in member && Array.isArray(member.decorators) ? member.decorators : [];
  return Object.assign({}, ...decorators.map((each) => saidBy(repo, source, each)));
}

function saidBy(repo: Repo, source: Source, decorator: Node): JsonSchema {
  if (decorator.type !== 'Decorator' || decorator.expression.type !== 'CallExpression') return {};
  const origin = originOf(source, decorator.expression.callee);
  if (origin?.module !== 'class-validator') return {};
  const [first] = decorator.expression.arguments;
  const value = first && literalOf(repo, source, first);
  if (origin.path === 'Min') return { minimum: value };
  if (origin.path === 'MinLength' || origin.path === 'Length') return { minLength: value };
  return origin.path === 'IsIn' && Array.isArray(value) ? { enum: value } : (formats[origin.path] ?? {});
}
