import {
  ancestorsOf,
  bindingOf,
  type CallExpression,
  isFunction,
  keyName,
  type NewExpression,
  type Node,
  originOf,
  parentOf,
  type Source,
  statementOf,
} from '../../src/ast/index.ts';
import { isCast, plainName } from './express-values.ts';

/** Where `app.use(traceExpress())` goes: a statement of its own right after the creation, or a call chained to it. */
export type Place =
  | { readonly kind: 'after'; readonly statement: Node; readonly app: string }
  | { readonly kind: 'chain'; readonly offset: number };

export function placeApp(source: Source, call: CallExpression | NewExpression): Place {
  const { value, names } = outermostValue(source, call);
  const app = names.at(-1)?.text;
  const statement = statementOf(source, value);
  const parent = parentOf(source, value);
  const isStatement =
    (parent?.type === 'ExpressionStatement' && parent === statement) ||
    (parent?.type === 'VariableDeclarator' && isDeclaration(statement) && !isUsedIn(source, statement, parent.id));
  if (app !== undefined && isStatement) return { kind: 'after', statement, app };
  return { kind: 'chain', offset: call.end };
}

interface Name {
  readonly text: string;
  readonly node: Node;
}

/** `app = module.exports = express()` as a whole, and the plain names it is put into, the innermost first. */
function outermostValue(source: Source, call: Node): { value: Node; names: readonly Name[] } {
  const names: Name[] = [];
  let value = call;
  for (let parent = parentOf(source, value); parent !== undefined; value = parent, parent = parentOf(source, value)) {
    const isAssigned = parent.type === 'AssignmentExpression' && parent.right === value && parent.operator === '=';
    const name = nameGivenBy(source, parent, value);
    if (name !== undefined) names.push(name);
    if (!isAssigned && !isCast(source, value)) break;
  }
  return { value, names };
}

function nameGivenBy(source: Source, parent: Node, value: Node): Name | undefined {
  if (parent.type === 'AssignmentExpression' && parent.right === value) {
    const text = plainName(source, parent.left);
    return text === undefined ? undefined : { text, node: parent.left };
  }
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return { text: parent.id.name, node: parent.id };
  return parent.type === 'PropertyDefinition' ? { text: `this.${keyName(parent)}`, node: parent } : undefined;
}

function isDeclaration(statement: Node): boolean {
  return (
    statement.type === 'VariableDeclaration' ||
    (statement.type === 'ExportNamedDeclaration' && statement.declaration?.type === 'VariableDeclaration')
  );
}

const harmless = /^(createServer|Server)$/;

/** True when the rest of the declaration already works with the app, so a statement after it would come too late. */
function isUsedIn(source: Source, statement: Node, id: Node): boolean {
  const binding = bindingOf(source, id);
  if (binding === undefined) return true;
  return binding.references.some((reference) => {
    if (reference.start < statement.start || reference.end > statement.end) return false;
    const above = ancestorsOf(source, reference);
    if (above.slice(0, above.indexOf(statement)).some(isFunction)) return false;
    const [call] = above;
    return !(call?.type === 'CallExpression' && harmless.test(originOf(source, call.callee)?.path ?? ''));
  });
}

/** True when the app already starts with `use(<ours>())`, chained or as a statement. */
export function isTraced(source: Source, call: CallExpression | NewExpression, traceCalls: readonly Node[]): boolean {
  const { names } = outermostValue(source, call);
  return traceCalls.some((each) => {
    const use = parentOf(source, each);
    if (use?.type !== 'CallExpression' || use.callee.type !== 'MemberExpression') return false;
    const { object } = use.callee;
    if (object.start === call.start && object.end >= call.end) return true;
    return names.some((name) => isSame(source, name, object));
  });
}

/** The same text standing for the same variable, or for the same field of the same class. */
function isSame(source: Source, name: Name, object: Node): boolean {
  if (plainName(source, object) !== name.text) return false;
  const [one, other] = [rootOf(name.node), rootOf(object)];
  if (other.type === 'ThisExpression') return classOf(source, one) === classOf(source, other);
  return bindingOf(source, one) === bindingOf(source, other);
}

function rootOf(node: Node): Node {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node;
}

function classOf(source: Source, node: Node): Node | undefined {
  return ancestorsOf(source, node).find((each) => each.type === 'ClassBody');
}
