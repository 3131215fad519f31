import {
  importsFrom,
  isGlobal,
  keyName,
  type Node,
  nodesOf,
  originOf,
  parentOf,
  propertyName,
  type Source,
  unwrap,
} from '../../src/ast/index.ts';

export const middleware = '@tracewright/middleware/lambda';

/**
 * How a file exports a handler.
 *
 *   assigned   `exports.handler = ...`, `module.exports = { handler }`: another assignment after it
 *   declared   `export const handler = ...`, `export function handler`: declared as before, exported through a name of its own
 *   listed     `export { main as handler }`: another name in the list
 */
export type Handler = { readonly file: string; readonly source: Source; readonly name: string } & (
  | { readonly state: 'traced' }
  | { readonly state: 'unknown'; readonly node: Node | undefined }
  | { readonly state: 'assigned'; readonly statement: Node; readonly target: string }
  | { readonly state: 'declared'; readonly statement: Node; readonly declaration: Node }
  | { readonly state: 'listed'; readonly specifier: Node; readonly local: string }
);

export function findHandler(source: Source, name: string): Handler {
  const base = { file: source.file, source, name };
  if (isTraced(source, name)) return { ...base, state: 'traced' };
  for (const statement of source.program.body) {
    if (statement.type === 'ExportNamedDeclaration') {
      const found = exportedBy(statement, name);
      if (found !== undefined) return { ...base, ...found };
    }
  }
  const assigned = assignments(source).filter(({ key }) => key === name || key === '');
  const own = assigned.findLast(({ key }) => key === name) ?? assigned.findLast(({ key, value }) => key === '' && holds(value, name));
  if (own === undefined || !own.isStatement) return { ...base, state: 'unknown', node: own?.node };
  return { ...base, state: 'assigned', statement: own.statement, target: own.key === '' ? `module.exports.${name}` : own.target };
}

type Found =
  | { readonly state: 'declared'; readonly statement: Node; readonly declaration: Node }
  | { readonly state: 'listed'; readonly specifier: Node; readonly local: string }
  | { readonly state: 'unknown'; readonly node: Node };

function exportedBy(statement: Extract<Node, { type: 'ExportNamedDeclaration' }>, name: string): Found | undefined {
  const { declaration, specifiers, source } = statement;
  if (
    declaration?.type === 'VariableDeclaration' &&
    declaration.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name)
  )
    return declaration.declarations.length === 1 ? { state: 'declared', statement, declaration } : { state: 'unknown', node: statement };
  if (declaration?.type === 'FunctionDeclaration' && declaration.id?.name === name) return { state: 'declared', statement, declaration };
  for (const specifier of specifiers) {
    const { exported, local } = specifier;
    if (exported.type !== 'Identifier' || exported.name !== name) continue;
    return source === null && local.type === 'Identifier'
      ? { state: 'listed', specifier, local: local.name }
      : { state: 'unknown', node: statement };
  }
  return undefined;
}

interface Assignment {
  readonly node: Node;
  readonly statement: Node;
  /** True for a statement of its own on the top level. */
  readonly isStatement: boolean;
  /** '' is `module.exports`. */
  readonly key: string;
  /** As written. */
  readonly target: string;
  readonly value: Node;
}

function assignments(source: Source): readonly Assignment[] {
  return nodesOf(source).flatMap((node) => {
    if (node.type !== 'AssignmentExpression' || node.operator !== '=') return [];
    const key = keyOf(source, node.left);
    const statement = parentOf(source, node);
    if (key === undefined || statement === undefined) return [];
    const isStatement = statement.type === 'ExpressionStatement' && parentOf(source, statement) === source.program;
    return [{ node, statement, isStatement, key, target: source.text.slice(node.left.start, node.left.end), value: unwrap(node.right) }];
  });
}

function keyOf(source: Source, left: Node): string | undefined {
  const name = propertyName(left);
  if (left.type !== 'MemberExpression' || name === undefined) return undefined;
  const isModule = (node: Node): boolean =>
    node.type === 'MemberExpression' && propertyName(node) === 'exports' && isGlobal(source, node.object, 'module');
  if (isModule(left)) return '';
  return isGlobal(source, left.object, 'exports') || isModule(left.object) ? name : undefined;
}

function holds(value: Node, name: string): boolean {
  return value.type === 'ObjectExpression' && value.properties.some((each) => each.type === 'Property' && keyName(each) === name);
}

/** The name is exported by a call of ours, whether we wrote it or a person did. */
function isTraced(source: Source, name: string): boolean {
  if (importsFrom(source, [middleware]).length === 0) return false;
  const isOurs = (node: Node | null | undefined): boolean => {
    if (!node) return false;
    const call = unwrap(node);
    if (call.type === 'CallExpression') return originOf(source, call.callee)?.module === middleware;
    return call.type === 'Identifier' && declaredBy(source, call.name, isOurs);
  };
  return (
    assignments(source).some(({ key, value }) =>
      key === name ? isOurs(value) : key === '' && value.type === 'ObjectExpression' && propertyIs(value, name, isOurs),
    ) ||
    source.program.body.some((statement) => {
      if (statement.type !== 'ExportNamedDeclaration') return false;
      const { declaration, specifiers } = statement;
      if (declaration?.type === 'VariableDeclaration')
        return declaration.declarations.some(({ id, init }) => id.type === 'Identifier' && id.name === name && isOurs(init));
      return specifiers.some(({ exported, local }) => exported.type === 'Identifier' && exported.name === name && isOurs(local));
    })
  );
}

function propertyIs(value: Node, name: string, is: (node: Node) => boolean): boolean {
  return (
    value.type === 'ObjectExpression' &&
    value.properties.some((each) => each.type === 'Property' && keyName(each) === name && is(each.value))
  );
}

function declaredBy(source: Source, name: string, is: (node: Node | null) => boolean): boolean {
  return source.program.body.some(
    (statement) =>
      statement.type === 'VariableDeclaration' &&
      statement.declarations.some(({ id, init }) => id.type === 'Identifier' && id.name === name && is(init)),
  );
}
