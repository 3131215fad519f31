import { declaredNames } from './declared-names.ts';
import { isFunction, type Node, nodesOf, parentOf, type Source } from './node.ts';
import { isReference } from './reference.ts';

/** One declared name and everything that refers to it. */
export interface Binding {
  readonly name: string;
  readonly kind: 'import' | 'var' | 'let' | 'const' | 'function' | 'class' | 'parameter' | 'other';
  /** The declaring identifiers; `var` and function may have several. */
  readonly declarations: readonly Node[];
  /** Node whose body the name is visible in. */
  readonly scope: Node;
  /** Identifiers that read or write it, in source order, without the declarations. */
  readonly references: readonly Node[];
}

interface Growing extends Binding {
  readonly declarations: Node[];
  readonly references: Node[];
}

interface Scopes {
  readonly bindings: readonly Binding[];
  readonly byIdentifier: ReadonlyMap<Node, Binding>;
  readonly unbound: ReadonlySet<string>;
}

const analysed = new WeakMap<Source, Scopes>();

/** Binding that an identifier declares or refers to; undefined for globals and for identifiers that are not variables. */
export function bindingOf(source: Source, identifier: Node): Binding | undefined {
  return scopesOf(source).byIdentifier.get(identifier);
}

export function allBindings(source: Source): readonly Binding[] {
  return scopesOf(source).bindings;
}

/** True when the file uses `name` as a global anywhere, such as `process` or `require`. */
export function usesGlobal(source: Source, name: string): boolean {
  return scopesOf(source).unbound.has(name);
}

/** True when `name` is declared or used as a variable anywhere in the file, so a new variable needs another name. */
export function isNameTaken(source: Source, name: string): boolean {
  const scopes = scopesOf(source);
  return scopes.unbound.has(name) || scopes.bindings.some((binding) => binding.name === name);
}

function scopesOf(source: Source): Scopes {
  let scopes = analysed.get(source);
  if (scopes === undefined) {
    scopes = analyse(source);
    analysed.set(source, scopes);
  }
  return scopes;
}

function analyse(source: Source): Scopes {
  const names = new Map<Node, Map<string, Growing>>();
  const byIdentifier = new Map<Node, Binding>();
  for (const node of nodesOf(source)) {
    for (const { identifier, name, kind } of declaredNames(node)) {
      const scope = scopeFor(source, node, kind);
      const table = names.get(scope) ?? new Map<string, Growing>();
      names.set(scope, table);
      const binding = table.get(name) ?? { name, kind, declarations: [], scope, references: [] };
      table.set(name, binding);
      binding.declarations.push(identifier);
      byIdentifier.set(identifier, binding);
    }
  }
  const unbound = new Set<string>();
  for (const node of nodesOf(source)) {
    if ((node.type !== 'Identifier' && node.type !== 'JSXIdentifier') || byIdentifier.has(node) || !isReference(source, node)) continue;
    const binding = lookup(source, names, node, node.name);
    if (binding === undefined) unbound.add(node.name);
    else {
      binding.references.push(node);
      byIdentifier.set(node, binding);
    }
  }
  return { bindings: [...names.values()].flatMap((table) => [...table.values()]), byIdentifier, unbound };
}

function lookup(source: Source, names: ReadonlyMap<Node, ReadonlyMap<string, Growing>>, from: Node, name: string): Growing | undefined {
  for (let at: Node | undefined = from; at !== undefined; at = parentOf(source, at)) {
    const binding = names.get(at)?.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

function scopeFor(source: Source, node: Node, kind: Binding['kind']): Node {
  if (kind === 'parameter' || wholeBlocks.has(node.type)) return node;
  // The own name of a function or class expression is visible inside it only.
  if (node.type === 'FunctionExpression' || node.type === 'ClassExpression' || node.type === 'CatchClause') return node;
  for (let at = parentOf(source, node); at !== undefined; at = parentOf(source, at)) {
    if (opensFunctionScope(at) || (kind !== 'var' && opensBlockScope(at))) return at;
  }
  return source.program;
}

const wholeBlocks = new Set(['Program', 'BlockStatement', 'StaticBlock', 'TSModuleBlock']);

function opensFunctionScope(node: Node): boolean {
  return isFunction(node) || node.type === 'Program' || node.type === 'StaticBlock' || node.type === 'TSModuleBlock';
}

const blocks = new Set(['BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement']);

function opensBlockScope(node: Node): boolean {
  return blocks.has(node.type);
}
