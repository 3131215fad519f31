import type { ArrowFunctionExpression, Comment, Function as FunctionLike, Node, Program } from 'oxc-parser';

export type { CallExpression, Comment, MemberExpression, NewExpression, Node, ObjectExpression, Program } from 'oxc-parser';

/** Any node that opens a function body. */
export type FunctionNode = FunctionLike | ArrowFunctionExpression;

/** A parsed file. Every offset is a UTF-16 index into `text`, BOM and shebang included. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly parser: 'oxc' | 'jscodeshift';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;
}

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression' || node?.type === 'FunctionDeclaration';
}

const notChildren = new Set(['parent', 'loc', 'range', 'extra', 'leadingComments', 'trailingComments', 'innerComments', 'tokens']);

/** Child nodes in source order; works on trees of every parser because it looks at values, not at a table of types. */
function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  let sorted = true;
  let last = 0;
  const add = (child: unknown): void => {
    if (!isNode(child)) return;
    sorted &&= last <= child.start;
    last = child.start;
    children.push(child);
  };
  // Not Object.entries, which makes an array for every property of every node.
  for (const key in node) {
    const value: unknown = Reflect.get(node, key);
    if (typeof value !== 'object' || value === null || notChildren.has(key)) continue;
    if (Array.isArray(value)) for (const item of value) add(item);
    else add(value);
  }
  return sorted ? children : children.sort((a, b) => a.start - b.start);
}

/** A tree laid out flat, in source order and parents first, so that every subtree is one stretch. */
interface Layout {
  readonly nodes: readonly Node[];
  readonly indexes: ReadonlyMap<Node, number>;
  /** Index of the parent of each node; -1 for the root. */
  readonly parents: readonly number[];
  /** Index behind the last node of each subtree. */
  readonly ends: readonly number[];
}

const layouts = new WeakMap<Program, Layout>();

/** Computed once per tree. No recursion: minified files nest deeply. */
export function layoutOf({ program }: Source): Layout {
  let layout = layouts.get(program);
  if (layout === undefined) {
    layout = layOut(program);
    layouts.set(program, layout);
  }
  return layout;
}

function layOut(root: Node): Layout {
  const nodes: Node[] = [];
  const indexes = new Map<Node, number>();
  const parents: number[] = [];
  const waiting: Node[] = [root];
  const above: number[] = [-1];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const index = nodes.length;
    nodes.push(node);
    indexes.set(node, index);
    parents.push(above.pop() ?? -1);
    const children = childrenOf(node);
    for (let at = children.length - 1; at >= 0; at--) {
      waiting.push(children[at] ?? node);
      above.push(index);
    }
  }
  return { nodes, indexes, parents, ends: endsOf(parents) };
}

/** Children stand behind their parents, so one pass from the back knows every end. */
function endsOf(parents: readonly number[]): readonly number[] {
  const ends = parents.map((_, index) => index + 1);
  for (let index = parents.length - 1; index > 0; index--) {
    const parent = parents[index] ?? 0;
    ends[parent] = Math.max(ends[parent] ?? 0, ends[index] ?? 0);
  }
  return ends;
}

/** Parent of a node. */
export function parentOf(source: Source, node: Node): Node | undefined {
  const { nodes, indexes, parents } = layoutOf(source);
  const index = indexes.get(node);
  return index === undefined ? undefined : nodes[parents[index] ?? -1];
}

/** Parents of a node, nearest first. */
export function ancestorsOf(source: Source, node: Node): Node[] {
  const { nodes, indexes, parents } = layoutOf(source);
  const found: Node[] = [];
  for (let at = parents[indexes.get(node) ?? -1] ?? -1; at >= 0; at = parents[at] ?? -1) {
    const parent = nodes[at];
    if (parent !== undefined) found.push(parent);
  }
  return found;
}

/** Every node of the tree in source order. */
export function nodesOf(source: Source): readonly Node[] {
  return layoutOf(source).nodes;
}

/** A node and everything below it, in source order. */
export function nodesWithin(source: Source, root: Node): readonly Node[] {
  const { nodes, indexes, ends } = layoutOf(source);
  const index = indexes.get(root);
  return index === undefined ? [] : nodes.slice(index, ends[index]);
}

const owners = new WeakMap<Program, readonly number[]>();

/** Function a node lives in; undefined at module level. */
export function enclosingFunction(source: Source, node: Node): FunctionNode | undefined {
  const { nodes, indexes, parents } = layoutOf(source);
  let owner = owners.get(source.program);
  if (owner === undefined) {
    const found: number[] = [];
    for (const parent of parents) found.push(isFunction(nodes[parent]) ? parent : (found[parent] ?? -1));
    owner = found;
    owners.set(source.program, owner);
  }
  const found = nodes[owner[indexes.get(node) ?? -1] ?? -1];
  return isFunction(found) ? found : undefined;
}
