import type { Repo } from '../contract/index.ts';
import { answerOnce, type Definition } from './answer-once.ts';
import { deepExport } from './deep-export.ts';
import { keyName, propertyName, unwrap } from './expression.ts';
import { exportsOf, type NamedExport, nameOf } from './module-exports.ts';
import { type MemberExpression, type Node, nodesOf, parentOf, type Source } from './node.ts';
import { isGlobal, type Origin, originOf, writesOf } from './origin.ts';
import { sourceOf } from './parse.ts';
import { resolveModule } from './resolve-module.ts';
import { bindingOf } from './scope.ts';

export type { Definition };

const farEnough = 16;

/** What a file exports under `name`; `default` is also `module.exports`. Follows re-exports within the repository. */
export function resolveExport(repo: Repo, file: string, name: string): Definition | undefined {
  return exportOf(repo, file, name, 0) ?? compilerDefinition(repo, file, name.split('.'));
}

/** Follows an expression over variables and files to what defines it; the expression itself when it is not a name. */
export function resolveValue(repo: Repo, source: Source, expression: Node): Definition | undefined {
  return definitionOf(repo, source, expression, 0);
}

function exportOf(repo: Repo, file: string, name: string, depth: number): Definition | undefined {
  if (depth > farEnough) return undefined;
  return answerOnce(repo, `${depth} ${name} of ${file}`, () => {
    const source = sourceOf(file, repo.read(file));
    return source && (esmExport(repo, source, name, depth) ?? commonjsExport(repo, source, name, depth));
  });
}

function esmExport(repo: Repo, source: Source, name: string, depth: number): Definition | undefined {
  const { named, stars } = exportsOf(source);
  for (const each of named.get(name) ?? []) {
    const found = exportedDefinition(repo, source, each, depth);
    if (found !== undefined) return found;
  }
  return name === 'default' ? undefined : starExport(repo, source, stars, name, depth);
}

function starExport(repo: Repo, source: Source, stars: readonly string[], name: string, depth: number): Definition | undefined {
  for (const specifier of stars) {
    const file = resolveModule(repo, source.file, specifier);
    const found = file === undefined ? undefined : exportOf(repo, file, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function exportedDefinition(repo: Repo, source: Source, { kind, node, from }: NamedExport, depth: number): Definition | undefined {
  if (kind === 'declaration') return { source, node };
  if (from === undefined) return definitionOf(repo, source, node, depth + 1);
  const file = resolveModule(repo, source.file, from);
  return file === undefined ? undefined : exportOf(repo, file, nameOf(node), depth + 1);
}

function commonjsExport(repo: Repo, source: Source, name: string, depth: number): Definition | undefined {
  const values = exportValues(source);
  const [named] = values.get(name) ?? [];
  if (named !== undefined) return definitionOf(repo, source, named, depth + 1);
  const [only, ...more] = values.get('') ?? [];
  if (only === undefined || more.length > 0) return undefined;
  const value = definitionOf(repo, source, only, depth + 1);
  return name === 'default' || value === undefined ? value : memberValue(repo, value, name, depth);
}

const assigned = new WeakMap<Source, ReadonlyMap<string, readonly Node[]>>();

/** What is assigned to `module.exports` ('') and to its properties. */
function exportValues(source: Source): ReadonlyMap<string, readonly Node[]> {
  const before = assigned.get(source);
  if (before !== undefined) return before;
  const values = new Map<string, Node[]>();
  for (const node of nodesOf(source)) {
    // Compilers write `exports.a = void 0` first.
    if (node.type !== 'AssignmentExpression' || node.operator !== '=' || node.right.type === 'UnaryExpression') continue;
    const target = exportTarget(source, node.left);
    if (target === undefined) continue;
    const known = values.get(target);
    if (known === undefined) values.set(target, [node.right]);
    else known.push(node.right);
  }
  assigned.set(source, values);
  return values;
}

/** '' for `module.exports =` (and `exports = module.exports =`), the name for `exports.x =`. */
function exportTarget(source: Source, left: Node): string | undefined {
  const name = propertyName(left);
  if (left.type !== 'MemberExpression' || name === undefined) return undefined;
  if (isModuleExports(source, left)) return '';
  return isGlobal(source, left.object, 'exports') || isModuleExports(source, left.object) ? name : undefined;
}

function isModuleExports(source: Source, node: Node): boolean {
  return node.type === 'MemberExpression' && propertyName(node) === 'exports' && isGlobal(source, node.object, 'module');
}

function memberValue(repo: Repo, { source, node }: Definition, name: string, depth: number): Definition | undefined {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    const member = node.body.body.find((each) => 'static' in each && each.static && keyName(each) === name);
    const value = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition' ? member.value : null;
    return value ? { source, node: value } : undefined;
  }
  if (node.type !== 'ObjectExpression') return undefined;
  const property = node.properties.find((each) => each.type === 'Property' && keyName(each) === name);
  return property?.type === 'Property' ? definitionOf(repo, source, property.value, depth + 1) : undefined;
}

function definitionOf(repo: Repo, source: Source, expression: Node, depth: number): Definition | undefined {
  if (depth > farEnough) return undefined;
  const node = unwrap(expression);
  if (node.type === 'AssignmentExpression' && node.operator === '=') return definitionOf(repo, source, node.right, depth + 1);
  const isName = node.type === 'Identifier' || node.type === 'MemberExpression' || node.type === 'CallExpression';
  const origin = isName ? originOf(source, node) : undefined;
  if (origin !== undefined) return importedDefinition(repo, { source, node }, origin, depth);
  if (node.type === 'Identifier') return variableDefinition(repo, source, node, depth);
  return node.type === 'MemberExpression' ? memberDefinition(repo, source, node, depth) : { source, node };
}

function importedDefinition(repo: Repo, at: Definition, origin: Origin, depth: number): Definition | undefined {
  const file = resolveModule(repo, at.source.file, origin.module);
  if (file === undefined) return at;
  const [first = 'default', ...rest] = origin.path === '' ? [] : origin.path.split('.');
  const start = exportOf(repo, file, first, depth + 1);
  const found = rest.reduce<Definition | undefined>((value, name) => value && memberValue(repo, value, name, depth + 1), start);
  return found ?? compilerDefinition(repo, file, [first, ...rest]);
}

/** What the compiler answers, as a node of our own tree. */
function compilerDefinition(repo: Repo, file: string, path: readonly string[]): Definition | undefined {
  return answerOnce(repo, `compiler ${path.join('.')} of ${file}`, () => askCompiler(repo, file, path));
}

function askCompiler(repo: Repo, file: string, path: readonly string[]): Definition | undefined {
  const stretch = deepExport(repo, file, path);
  const source = stretch && sourceOf(stretch.file, repo.read(stretch.file));
  const node =
    source &&
    nodesOf(source).find(
      (each) =>
        each.end === stretch?.end &&
        each.start >= stretch.start &&
        each.start - stretch.start <= 'export default async '.length &&
        each.type !== 'Program',
    );
  return source && node ? { source, node: unwrapExport(node) } : undefined;
}

function unwrapExport(node: Node): Node {
  const isExport = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration';
  return isExport && node.declaration ? node.declaration : node;
}

function memberDefinition(repo: Repo, source: Source, node: MemberExpression, depth: number): Definition | undefined {
  const name = propertyName(node);
  const exported = exportTarget(source, node);
  if (exported !== undefined) return commonjsExport(repo, source, exported === '' ? 'default' : exported, depth + 1);
  const object = name === undefined ? undefined : definitionOf(repo, source, node.object, depth + 1);
  return object && name !== undefined ? memberValue(repo, object, name, depth) : undefined;
}

function variableDefinition(repo: Repo, source: Source, identifier: Node, depth: number): Definition | undefined {
  const binding = bindingOf(source, identifier);
  const [declaration, ...more] = binding?.declarations ?? [];
  if (binding === undefined || declaration === undefined || more.length > 0) return undefined;
  const parent = parentOf(source, declaration);
  const init = parent?.type === 'VariableDeclarator' && parent.id === declaration ? parent.init : null;
  const writes = writesOf(source, binding);
  const values = init ? [init, ...writes.slice(0, 1)] : writes;
  const isDeclared = (parent?.type === 'FunctionDeclaration' || parent?.type === 'ClassDeclaration') && parent.id === declaration;
  if (isDeclared) return values.length === 0 ? { source, node: parent } : undefined;
  const [value] = values;
  // A parameter, a pattern or a variable that changes has no one definition.
  return value !== undefined && values.length === 1 && parent?.type === 'VariableDeclarator'
    ? definitionOf(repo, source, value, depth + 1)
    : undefined;
}
