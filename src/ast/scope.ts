import { declaredNames } from './declared-names.ts';
import { isFunction, layoutOf, type Node, type Source } from './node.ts';
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
  readonly bound: ReadonlySet<string>;
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
  return scopes.unbound.has(name) || scopes.bound.has(name);
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
  const { nodes } = layoutOf(source);
  const opened = openedScopes(source);
  for (const [index, node] of nodes.entries()) {
    for (const { identifier, name, kind } of declaredNames(node)) {
      const scope = scopeFor(source, opened, index, kind);
      const table = names.get(scope) ?? new Map<string, Growing>();
      names.set(scope, table);
      const binding = table.get(name) ?? { name, kind, declarations: [], scope, references: [] };
      table.set(name, binding);
      binding.declarations.push(identifier);
      byIdentifier.set(identifier, binding);
    }
  }
  const unbound = new Set<string>();
  const lookup = lookupIn(source, names);
  for (const [index, node] of nodes.entries()) {
    if ((node.type !== 'Identifier' && node.type !== 'JSXIdentifier') || byIdentifier.has(node) || !isReference(source, node)) continue;
    const binding = lookup(index, node.name);
    if (binding === undefined) unbound.add(node.name);
    else {
      binding.references.push(node);
      byIdentifier.set(node, binding);
    }
  }
  const bindings = [...names.values()].flatMap((table) => [...table.values()]);
  return { bindings, byIdentifier, unbound, bound: new Set(bindings.map(({ name }) => name)) };
}

/** Finds names from the inside out; goes through the scopes that declare something only, and through each of them once for a name. */
function lookupIn(
  source: Source,
  names: ReadonlyMap<Node, ReadonlyMap<string, Growing>>,
): (from: number, name: string) => Growing | undefined {
  const { nodes, parents } = layoutOf(source);
  const declaring: number[] = [];
  for (const [index, node] of nodes.entries()) declaring.push(names.has(node) ? index : (declaring[parents[index] ?? -1] ?? -1));
  const known = new Map<number, Map<string, Growing | undefined>>();
  return (from, name) => {
    const start = declaring[from] ?? -1;
    const answers = known.get(start) ?? new Map<string, Growing | undefined>();
    known.set(start, answers);
    if (answers.has(name)) return answers.get(name);
    let found: Growing | undefined;
    for (let at = start; at >= 0 && found === undefined; at = declaring[parents[at] ?? -1] ?? -1) {
      const scope = nodes[at];
      found = scope && names.get(scope)?.get(name);
    }
    answers.set(name, found);
    return found;
  };
}

/** For each node, the nearest scopes around it: of a function, and of a block. */
interface Opened {
  readonly functions: readonly number[];
  readonly blocks: readonly number[];
}

function openedScopes(source: Source): Opened {
  const { nodes, parents } = layoutOf(source);
  const functions: number[] = [];
  const blocks: number[] = [];
  for (const parent of parents) {
    const node = nodes[parent];
    const isFunctionScope = node !== undefined && opensFunctionScope(node);
    functions.push(isFunctionScope ? parent : (functions[parent] ?? -1));
    blocks.push(isFunctionScope || (node !== undefined && opensBlockScope(node)) ? parent : (blocks[parent] ?? -1));
  }
  return { functions, blocks };
}

function scopeFor(source: Source, opened: Opened, index: number, kind: Binding['kind']): Node {
  const { nodes } = layoutOf(source);
  const node = nodes[index] ?? source.program;
  if (kind === 'parameter' || wholeBlocks.has(node.type)) return node;
  // The own name of a function or class expression is visible inside it only.
  if (node.type === 'FunctionExpression' || node.type === 'ClassExpression' || node.type === 'CatchClause') return node;
  return nodes[(kind === 'var' ? opened.functions : opened.blocks)[index] ?? -1] ?? source.program;
}

const wholeBlocks = new Set(['Program', 'BlockStatement', 'StaticBlock', 'TSModuleBlock']);

function opensFunctionScope(node: Node): boolean {
  return isFunction(node) || node.type === 'Program' || node.type === 'StaticBlock' || node.type === 'TSModuleBlock';
}

const blocks = new Set(['BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement']);

function opensBlockScope(node: Node): boolean {
  return blocks.has(node.type);
}
