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
  unwrap,
} from '../../src/ast/index.ts';
import { isCast, plainName } from './plain-name.ts';

/** Where a call of ours that is given a new value goes: in a statement of its own right after the creation, or around it. */
export type Place = { readonly kind: 'after'; readonly statement: Node; readonly value: string } | { readonly kind: 'around' };

/** `call` makes the value, e.g. `express()`. */
export function placeValue(source: Source, call: CallExpression | NewExpression): Place {
  const { value, names } = outermostValue(source, call);
  const app = names.at(-1)?.text;
  const statement = statementOf(source, value);
  const parent = parentOf(source, value);
  const isStatement =
    (parent?.type === 'ExpressionStatement' && parent === statement) ||
    (parent?.type === 'VariableDeclarator' && isDeclaration(statement) && !isUsedIn(source, statement, parent.id));
  if (app !== undefined && isStatement) return { kind: 'after', statement, value: app };
  return { kind: 'around' };
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

/** True when one of our calls is given the app, right where it is made or by its name, or the app uses our middleware as 0.3.0 wrote it. */
export function isTraced(source: Source, call: CallExpression | NewExpression, traceCalls: readonly Node[]): boolean {
  const { names } = outermostValue(source, call);
  return traceCalls.some((each) => {
    const app = appOf(source, each);
    if (app === undefined) return false;
    if (app.start <= call.start && call.end <= app.end && startsWith(app, call)) return true;
    return names.some((name) => isSame(source, name, app));
  });
}

/** What a call of ours is about: the argument of `traceExpress(app)`, the object of `app.use(traceExpress())`. */
function appOf(source: Source, traceCall: Node): Node | undefined {
  if (traceCall.type !== 'CallExpression') return undefined;
  const [app] = traceCall.arguments;
  if (app !== undefined) return unwrap(app);
  const use = parentOf(source, traceCall);
  return use?.type === 'CallExpression' && use.callee.type === 'MemberExpression' ? use.callee.object : undefined;
}

/** `express()` is at the head of `express().use(a).use(b)`, and in the value of `app = express()`. */
function startsWith(node: Node, call: Node): boolean {
  const value = unwrap(node);
  if (value === call) return true;
  if (value.type === 'AssignmentExpression') return startsWith(value.right, call);
  return value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && startsWith(value.callee.object, call);
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
