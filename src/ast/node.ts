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
  const add = (child: Node): void => {
    sorted &&= (children.at(-1)?.start ?? 0) <= child.start;
    children.push(child);
  };
  for (const [key, value] of Object.entries(node)) {
    if (notChildren.has(key)) continue;
    if (!Array.isArray(value)) isNode(value) && add(value);
    else for (const item of value) isNode(item) && add(item);
  }
  return sorted ? children : children.sort((a, b) => a.start - b.start);
}

/** Visits `root` and everything below it in source order, parents first; return `false` to leave a subtree out. No recursion: minified files nest deeply. */
function walk(root: Node, visit: (node: Node, parent: Node | undefined) => boolean): void {
  const stack: { node: Node; parent: Node | undefined }[] = [{ node: root, parent: undefined }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, parent } = next;
    if (visit(node, parent) === false) continue;
    for (const child of childrenOf(node).reverse()) stack.push({ node: child, parent: node });
  }
}

const parents = new WeakMap<Program, Map<Node, Node>>();

/** Parent of a node; computed once per tree. */
export function parentOf(source: Source, node: Node): Node | undefined {
  let map = parents.get(source.program);
  if (map === undefined) {
    const fresh = new Map<Node, Node>();
    walk(source.program, (child, parent) => {
      if (parent !== undefined) fresh.set(child, parent);
      return true;
    });
    parents.set(source.program, fresh);
    map = fresh;
  }
  return map.get(node);
}

/** Parents of a node, nearest first. */
export function ancestorsOf(source: Source, node: Node): Node[] {
  const found: Node[] = [];
  for (let at = parentOf(source, node); at !== undefined; at = parentOf(source, at)) found.push(at);
  return found;
}

/** Every node of the tree in source order. */
export function nodesOf(source: Source): readonly Node[] {
  let all = lists.get(source.program);
  if (all === undefined) {
    const fresh: Node[] = [];
    walk(source.program, (node) => {
      fresh.push(node);
      return true;
    });
    lists.set(source.program, fresh);
    all = fresh;
  }
  return all;
}

const lists = new WeakMap<Program, readonly Node[]>();

/** Function a node lives in; undefined at module level. */
export function enclosingFunction(source: Source, node: Node): FunctionNode | undefined {
  for (const at of ancestorsOf(source, node)) if (isFunction(at)) return at;
  return undefined;
}
