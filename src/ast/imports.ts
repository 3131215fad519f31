import { keyName, propertyName, staticString } from './expression.ts';
import { ancestorsOf, isFunction, type Node, nodesOf, parentOf, type Source } from './node.ts';
import { requiredModule } from './origin.ts';
import { usesGlobal } from './scope.ts';

/** A name that an import brings into the file. `imported` is `default`, `*` for the whole module, or the export's name. */
export interface ImportedName {
  readonly local: string;
  readonly imported: string;
  readonly typeOnly: boolean;
}

/** One place where a file names another module. */
export interface ModuleImport {
  readonly kind: 'import' | 're-export' | 'require' | 'import-equals' | 'dynamic-import';
  /** Undefined when it is computed. */
  readonly specifier: string | undefined;
  readonly names: readonly ImportedName[];
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** True when it runs as the module loads: not inside a function or a branch. */
  readonly topLevel: boolean;
  readonly node: Node;
  /** Statement it stands in. */
  readonly statement: Node;
}

const imports = new WeakMap<Source, readonly ModuleImport[]>();

/** Everything a file imports, in source order. */
export function importsOf(source: Source): readonly ModuleImport[] {
  let known = imports.get(source);
  if (known === undefined) {
    known = nodesOf(source).flatMap((node) => importAt(source, node) ?? []);
    imports.set(source, known);
  }
  return known;
}

const bySpecifier = new WeakMap<Source, ReadonlyMap<string, readonly ModuleImport[]>>();

/** What a file imports from one of these modules, in source order. */
export function importsFrom(source: Source, specifiers: readonly string[]): readonly ModuleImport[] {
  let index = bySpecifier.get(source);
  if (index === undefined) {
    const fresh = new Map<string, ModuleImport[]>();
    for (const each of importsOf(source)) {
      const known = fresh.get(each.specifier ?? '');
      if (known === undefined) fresh.set(each.specifier ?? '', [each]);
      else known.push(each);
    }
    index = fresh;
    bySpecifier.set(source, index);
  }
  const found = specifiers.flatMap((each) => index.get(each) ?? []);
  return specifiers.length === 1 ? found : found.toSorted((a, b) => a.node.start - b.node.start);
}

/** How a file writes its imports and exports. */
export function moduleSyntaxOf(source: Source): 'import' | 'require' | 'mixed' | 'none' {
  const esm = source.program.body.some(isModuleDeclaration);
  const commonjs =
    usesGlobal(source, 'module') || usesGlobal(source, 'exports') || importsOf(source).some((each) => each.kind === 'require');
  if (esm) return commonjs ? 'mixed' : 'import';
  return commonjs ? 'require' : 'none';
}

function isModuleDeclaration(node: Node): boolean {
  return (
    /^(Import|Export).*Declaration$/.test(node.type) || node.type === 'TSImportEqualsDeclaration' || node.type === 'TSExportAssignment'
  );
}

function importAt(source: Source, node: Node): ModuleImport | undefined {
  switch (node.type) {
    case 'ImportDeclaration': {
      const names = node.specifiers.map((each) => nameOf(each, node.importKind === 'type'));
      const typeOnly = names.length > 0 ? names.every((name) => name.typeOnly) : node.importKind === 'type';
      return { kind: 'import', specifier: node.source.value, names, typeOnly, ...placeOf(source, node) };
    }
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      if (!node.source) return undefined;
      const typeOnly = node.exportKind === 'type';
      return { kind: 're-export', specifier: node.source.value, names: [], typeOnly, ...placeOf(source, node) };
    }
    case 'TSImportEqualsDeclaration': {
      if (node.moduleReference.type !== 'TSExternalModuleReference') return undefined;
      const typeOnly = node.importKind === 'type';
      const names = [{ local: node.id.name, imported: '*', typeOnly }];
      return { kind: 'import-equals', specifier: node.moduleReference.expression.value, names, typeOnly, ...placeOf(source, node) };
    }
    case 'ImportExpression': {
      const names = receivedNames(source, node);
      return { kind: 'dynamic-import', specifier: staticString(node.source), names, typeOnly: false, ...placeOf(source, node) };
    }
    case 'CallExpression':
    case 'NewExpression': {
      const specifier = requiredModule(source, node);
      if (specifier === undefined) return undefined;
      return { kind: 'require', specifier, names: receivedNames(source, node), typeOnly: false, ...placeOf(source, node) };
    }
    default:
      return undefined;
  }
}

function nameOf(specifier: Node, typeOnly: boolean): ImportedName {
  if (specifier.type === 'ImportSpecifier') {
    const imported = specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
    return { local: specifier.local.name, imported, typeOnly: typeOnly || specifier.importKind === 'type' };
  }
  const local = specifier.type === 'ImportDefaultSpecifier' || specifier.type === 'ImportNamespaceSpecifier' ? specifier.local.name : '';
  return { local, imported: specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*', typeOnly };
}

/** Names that the value of `require(...)` or `await import(...)` is put into. */
function receivedNames(source: Source, node: Node): ImportedName[] {
  let imported = '*';
  let at = node;
  for (let parent = parentOf(source, at); parent !== undefined; at = parent, parent = parentOf(source, at)) {
    if (parent.type === 'MemberExpression' && parent.object === at && imported === '*') imported = propertyName(parent) ?? '*';
    else if (parent.type === 'VariableDeclarator' && parent.init === at) return patternNames(parent.id, imported);
    else if (parent.type === 'AssignmentExpression' && parent.right === at && parent.operator === '=')
      return patternNames(parent.left, imported);
    else if (parent.type !== 'AwaitExpression' && !/^TS.*(Expression|Assertion)$/.test(parent.type) && parent.type !== 'ChainExpression')
      return [];
  }
  return [];
}

function patternNames(pattern: Node, imported: string): ImportedName[] {
  if (pattern.type === 'Identifier') return [{ local: pattern.name, imported, typeOnly: false }];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) => {
    const name = keyName(property);
    if (property.type !== 'Property' || name === undefined) return [];
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    return target.type === 'Identifier' ? [{ local: target.name, imported: name, typeOnly: false }] : [];
  });
}

const branches = /^(If|For|ForIn|ForOf|While|DoWhile|Switch|Try)Statement$|^(Conditional|Logical)Expression$|^SwitchCase$|^CatchClause$/;

function placeOf(source: Source, node: Node): { topLevel: boolean; node: Node; statement: Node } {
  const above = ancestorsOf(source, node);
  const topLevel = !above.some((each) => isFunction(each) || branches.test(each.type));
  return { topLevel, node, statement: statementOf(source, node) };
}

/** Smallest statement or declaration in a list of statements that holds the node. */
export function statementOf(source: Source, node: Node): Node {
  let at = node;
  for (let parent = parentOf(source, at); parent !== undefined; at = parent, parent = parentOf(source, at)) {
    if (isStatementList(parent, at)) return at;
  }
  return at;
}

function isStatementList(parent: Node, child: Node): boolean {
  if (parent.type === 'SwitchCase') return parent.test !== child;
  return parent.type === 'Program' || parent.type === 'BlockStatement' || parent.type === 'StaticBlock' || parent.type === 'TSModuleBlock';
}
