import {
  type Binding,
  bindingOf,
  type CallExpression,
  type NewExpression,
  type Node,
  propertyName,
  type Source,
  unwrap,
} from '../../src/ast/index.ts';

/** What a variable holds while a handler runs. */
export type Meaning = 'request' | 'path' | 'method';

/** Variables of one file whose meaning is known: parameters first, then what is computed from them. */
export interface Known {
  readonly source: Source;
  readonly meanings: ReadonlyMap<Binding, Meaning>;
  /** Answers that are kept, once `meanings` changes no more. */
  readonly parts?: Parts;
  /** Method that the code which called this function had asked for. */
  readonly method?: string | undefined;
}

export const requestFields: Readonly<Record<string, Meaning>> = {
  url: 'path',
  originalUrl: 'path',
  path: 'path',
  pathname: 'path',
  method: 'method',
};
const notPath = /^(query|search|searchParams|hash|host|hostname|headers|port|protocol|length|href)$/;
const keepsPath = /^(split|replace|replaceAll|slice|substring|substr|trim|toLowerCase|toUpperCase|toString|normalize|pop|shift|at)$/;

/** Meanings of the parts of one expression. */
type Parts = Map<Node, Meaning | undefined>;

/** What an expression stands for, as far as it is computed from the request alone. */
export function meaningOf(known: Known, expression: Node): Meaning | undefined {
  const parts = known.parts ?? new Map<Node, Meaning | undefined>();
  // From the inside out: a chain of calls or a sum may be longer than calls can be nested.
  for (const part of leftParts(expression, parts)) parts.set(part, partMeaning(known, part, parts));
  return parts.get(unwrap(expression));
}

/** What stands at the left of an expression, of that, and so on, the innermost first, as far as it is not known. */
function leftParts(expression: Node, known: Parts): readonly Node[] {
  const parts: Node[] = [];
  for (let at: Node | undefined = unwrap(expression); at !== undefined && !known.has(at); ) {
    parts.push(at);
    const left = leftOf(at);
    at = left && unwrap(left);
  }
  return parts.reverse();
}

function leftOf(node: Node): Node | undefined {
  switch (node.type) {
    case 'MemberExpression':
      return node.object;
    case 'LogicalExpression':
    case 'BinaryExpression':
      return node.left;
    case 'AssignmentExpression':
      return node.right;
    case 'AwaitExpression':
      return node.argument;
    case 'CallExpression':
    case 'NewExpression':
      return node.callee.type === 'MemberExpression' ? node.callee : undefined;
    default:
      return undefined;
  }
}

function inner(known: Known, expression: Node, parts: Parts): Meaning | undefined {
  const node = unwrap(expression);
  return parts.has(node) ? parts.get(node) : meaningOf(known, node);
}

function partMeaning(known: Known, node: Node, parts: Parts): Meaning | undefined {
  switch (node.type) {
    case 'Identifier': {
      const binding = bindingOf(known.source, node);
      return binding && known.meanings.get(binding);
    }
    case 'MemberExpression':
      return memberMeaning(known, node, parts);
    case 'LogicalExpression':
    case 'BinaryExpression': {
      // `req.url || '/'`, and the key `req.method + ' ' + req.url`.
      if (node.type === 'BinaryExpression' && node.operator !== '+') return undefined;
      const sides = [inner(known, node.left, parts), inner(known, node.right, parts)];
      return sides.includes('path') ? 'path' : sides.find((each) => each === 'method');
    }
    case 'TemplateLiteral':
      return node.expressions.some((each) => meaningOf(known, each) === 'path') ? 'path' : undefined;
    case 'AssignmentExpression':
      return inner(known, node.right, parts);
    case 'AwaitExpression':
      return inner(known, node.argument, parts);
    case 'CallExpression':
    case 'NewExpression':
      return callMeaning(known, node, parts);
    default:
      return undefined;
  }
}

function memberMeaning(known: Known, node: Node, parts: Parts): Meaning | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const name = propertyName(node);
  const object = inner(known, node.object, parts);
  if (object === 'request') return name === undefined ? undefined : requestFields[name];
  if (object !== 'path') return undefined;
  if (name === undefined) return node.computed && isFirst(node.property) ? 'path' : undefined;
  return notPath.test(name) ? undefined : 'path';
}

/** `split('?')[0]` is still the path. */
function isFirst(property: Node): boolean {
  return property.type === 'Literal' && property.value === 0;
}

const parsers = /^(URL|parse|parseUrl|parseurl|decodeURI|decodeURIComponent|normalize|String|pathnameOf|getPath|getPathname)$/;
const requestParsers = /^(parseurl|parseUrl|pathnameOf|getPath|getPathname)$/;

/** `url.parse(req.url)`, `new URL(req.url, base)`, `decodeURI(path)` and `path.replace(...)`; a comparison such as `path.startsWith` is no path. */
function callMeaning(known: Known, node: CallExpression | NewExpression, parts: Parts): Meaning | undefined {
  const { callee } = node;
  const method = propertyName(callee);
  const object = callee.type === 'MemberExpression' ? inner(known, callee.object, parts) : undefined;
  if (object !== undefined) return method !== undefined && keepsPath.test(method) ? object : undefined;
  const [first] = node.arguments;
  const name = callee.type === 'Identifier' ? callee.name : (method ?? '');
  const meaning = first === undefined || !parsers.test(name) ? undefined : meaningOf(known, first);
  if (meaning === 'request') return requestParsers.test(name) ? 'path' : undefined;
  return meaning === 'path' ? 'path' : undefined;
}
