import {
  ancestorsOf,
  type Definition,
  type FunctionNode,
  isFunction,
  keyName,
  type Node,
  nodesOf,
  propertyName,
  resolveValue,
  type Source,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';

export type FunctionDefinition = Definition & { readonly node: FunctionNode };

/** The function of the repository that a call runs: by its name, of another file, a method of the class around, or of an instance made here. */
export function calledFunction(repo: Repo, source: Source, callee: Node): FunctionDefinition | undefined {
  const found = resolveValue(repo, source, callee) ?? methodBehind(repo, source, callee);
  return found !== undefined && isFunction(found.node) ? { source: found.source, node: found.node } : undefined;
}

/** A method of the class around, or of an instance made here. */
export function methodBehind(repo: Repo, source: Source, expression: Node): Definition | undefined {
  return methodOf(source, expression) ?? instanceMethod(repo, source, expression);
}

/** `this.handle` and `this.handle.bind(this)`: the method of the class around it. */
function methodOf(source: Source, expression: Node): Definition | undefined {
  const node = unwrap(expression);
  if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return undefined;
  const name = propertyName(node);
  const body = ancestorsOf(source, node).find((each) => each.type === 'ClassBody');
  if (name === undefined || body?.type !== 'ClassBody') return undefined;
  const member = body.body.find((each) => keyName(each) === name);
  const value = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition' ? member.value : undefined;
  return value ? { source, node: value } : undefined;
}

/** `router.handle` where `router` is `new Router()` and the class, or its prototype, has that method. */
function instanceMethod(repo: Repo, source: Source, callee: Node): Definition | undefined {
  const node = unwrap(callee);
  const name = propertyName(node);
  const made = node.type === 'MemberExpression' && name !== undefined ? resolveValue(repo, source, node.object) : undefined;
  if (made === undefined || name === undefined || made.node.type !== 'NewExpression') return undefined;
  const type = resolveValue(repo, made.source, made.node.callee);
  if (type === undefined) return undefined;
  if (type.node.type !== 'ClassDeclaration' && type.node.type !== 'ClassExpression') return prototypeMethod(type, name);
  const member = type.node.body.body.find((each) => 'static' in each && !each.static && keyName(each) === name);
  const value = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition' ? member.value : null;
  return value ? { source: type.source, node: value } : undefined;
}

/** `Router.prototype.handle = function (req, res) {...}`. */
function prototypeMethod({ source, node }: Definition, name: string): Definition | undefined {
  if (!isFunction(node) || !node.id) return undefined;
  const value = prototypesOf(source).get(`${node.id.name}.prototype.${name}`);
  return value && { source, node: unwrap(value) };
}

const prototypes = new WeakMap<Source, ReadonlyMap<string, Node>>();

/** What a file puts into members of members, by their text; the first of several. */
function prototypesOf(source: Source): ReadonlyMap<string, Node> {
  let known = prototypes.get(source);
  if (known === undefined) {
    const found = new Map<string, Node>();
    for (const each of nodesOf(source)) {
      if (each.type !== 'AssignmentExpression' || each.left.type !== 'MemberExpression' || each.left.object.type !== 'MemberExpression')
        continue;
      const text = source.text.slice(each.left.start, each.left.end);
      if (!found.has(text)) found.set(text, each.right);
    }
    known = found;
    prototypes.set(source, known);
  }
  return known;
}
