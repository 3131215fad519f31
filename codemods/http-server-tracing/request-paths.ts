import {
  type Binding,
  bindingOf,
  type CallExpression,
  type FunctionNode,
  keyName,
  type NewExpression,
  type Node,
  nodesOf,
  parentOf,
  propertyName,
  type Source,
  unwrap,
  writesOf,
} from '../../src/ast/index.ts';

/** What a variable holds while a handler runs. */
export type Meaning = 'request' | 'path' | 'method';

/** Variables of one file whose meaning is known: parameters first, then what is computed from them. */
export interface Known {
  readonly source: Source;
  readonly meanings: ReadonlyMap<Binding, Meaning>;
  /** Method that the code which called this function had asked for. */
  readonly method?: string | undefined;
}

/** Meanings of the parameters of a handler: the request, or `{ url, method }` of it. */
export function parameterMeanings(source: Source, handler: FunctionNode, given: readonly (Meaning | undefined)[]): Map<Binding, Meaning> {
  const meanings = new Map<Binding, Meaning>();
  given.forEach((meaning, index) => {
    const parameter = handler.params[index];
    if (meaning === undefined || parameter === undefined) return;
    if (parameter.type === 'Identifier') note(source, meanings, parameter, meaning);
    if (parameter.type === 'ObjectPattern' && meaning === 'request') notePattern(source, meanings, parameter, requestFields);
  });
  return meanings;
}

const requestFields: Readonly<Record<string, Meaning>> = {
  url: 'path',
  originalUrl: 'path',
  path: 'path',
  pathname: 'path',
  method: 'method',
};
const urlFields: Readonly<Record<string, Meaning>> = { pathname: 'path', path: 'path', href: 'path' };

function note(source: Source, meanings: Map<Binding, Meaning>, identifier: Node, meaning: Meaning): void {
  const binding = bindingOf(source, identifier);
  if (binding !== undefined) meanings.set(binding, meaning);
}

function notePattern(source: Source, meanings: Map<Binding, Meaning>, pattern: Node, fields: Readonly<Record<string, Meaning>>): void {
  if (pattern.type !== 'ObjectPattern') return;
  for (const property of pattern.properties) {
    const meaning = fields[keyName(property) ?? ''];
    if (property.type !== 'Property' || meaning === undefined) continue;
    note(source, meanings, property.value.type === 'AssignmentPattern' ? property.value.left : property.value, meaning);
  }
}

/** Adds the variables inside `handler` that are computed from known ones. */
export function spreadMeanings(source: Source, handler: FunctionNode, meanings: Map<Binding, Meaning>): Known {
  const known = { source, meanings };
  for (const node of nodesOf(source)) {
    if (node.start < handler.start || node.end > handler.end) continue;
    if (node.type === 'VariableDeclarator' && node.init) spread(known, node.id, node.init);
    if (node.type === 'AssignmentExpression' && node.operator === '=') spread(known, node.left, node.right);
  }
  return known;
}

function spread({ source, meanings }: { source: Source; meanings: Map<Binding, Meaning> }, target: Node, value: Node): void {
  const meaning = meaningOf({ source, meanings }, value);
  if (meaning === undefined) return;
  if (target.type === 'ObjectPattern')
    notePattern(source, meanings, target, meaning === 'request' ? requestFields : meaning === 'path' ? urlFields : {});
  if (target.type !== 'Identifier') return;
  const binding = bindingOf(source, target);
  const isSteady =
    binding !== undefined && writesOf(source, binding).every((each) => each === value || meaningOf({ source, meanings }, each) === meaning);
  if (isSteady) meanings.set(binding, meaning);
}

const notPath = /^(query|search|searchParams|hash|host|hostname|headers|port|protocol|length|href)$/;
const keepsPath = /^(split|replace|replaceAll|slice|substring|substr|trim|toLowerCase|toUpperCase|toString|normalize|pop|shift|at)$/;

/** What an expression stands for, as far as it is computed from the request alone. */
export function meaningOf(known: Known, expression: Node): Meaning | undefined {
  const node = unwrap(expression);
  switch (node.type) {
    case 'Identifier': {
      const binding = bindingOf(known.source, node);
      return binding && known.meanings.get(binding);
    }
    case 'MemberExpression':
      return memberMeaning(known, node);
    case 'LogicalExpression':
    case 'BinaryExpression': {
      // `req.url || '/'`, and the key `req.method + ' ' + req.url`.
      if (node.type === 'BinaryExpression' && node.operator !== '+') return undefined;
      const parts = [meaningOf(known, node.left), meaningOf(known, node.right)];
      return parts.includes('path') ? 'path' : parts.find((each) => each === 'method');
    }
    case 'TemplateLiteral':
      return node.expressions.some((each) => meaningOf(known, each) === 'path') ? 'path' : undefined;
    case 'AssignmentExpression':
      return meaningOf(known, node.right);
    case 'AwaitExpression':
      return meaningOf(known, node.argument);
    case 'CallExpression':
    case 'NewExpression':
      return callMeaning(known, node);
    default:
      return undefined;
  }
}

function memberMeaning(known: Known, node: Node): Meaning | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const name = propertyName(node);
  const object = meaningOf(known, node.object);
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
function callMeaning(known: Known, node: CallExpression | NewExpression): Meaning | undefined {
  const { callee } = node;
  const method = propertyName(callee);
  const object = callee.type === 'MemberExpression' ? meaningOf(known, callee.object) : undefined;
  if (object !== undefined) return method !== undefined && keepsPath.test(method) ? object : undefined;
  const [first] = node.arguments;
  const name = callee.type === 'Identifier' ? callee.name : (method ?? '');
  const meaning = first === undefined || !parsers.test(name) ? undefined : meaningOf(known, first);
  if (meaning === 'request') return requestParsers.test(name) ? 'path' : undefined;
  return meaning === 'path' ? 'path' : undefined;
}

/** Method that code at `node` runs for, by the conditions around it and around the call that led there; undefined when they do not say. */
export function methodAt(known: Known, node: Node): string | undefined {
  let child = node;
  for (let at = parentOf(known.source, node); at !== undefined; child = at, at = parentOf(known.source, at)) {
    const stated = statedMethod(known, at, child);
    if (stated !== undefined) return stated;
  }
  return known.method;
}

function statedMethod(known: Known, at: Node, child: Node): string | undefined {
  if (at.type === 'LogicalExpression' && at.operator === '&&') return comparedMethod(known, at.left) ?? comparedMethod(known, at.right);
  if (at.type === 'IfStatement' && at.consequent === child) return comparedMethod(known, at.test);
  if (at.type !== 'SwitchCase' || at.test === child || at.test === null) return undefined;
  const parent = parentOf(known.source, at);
  const isMethod = parent?.type === 'SwitchStatement' && meaningOf(known, parent.discriminant) === 'method';
  return isMethod && at.test.type === 'Literal' && typeof at.test.value === 'string' ? at.test.value.toUpperCase() : undefined;
}

function comparedMethod(known: Known, test: Node): string | undefined {
  if (test.type === 'LogicalExpression' && test.operator === '&&')
    return comparedMethod(known, test.left) ?? comparedMethod(known, test.right);
  if (test.type !== 'BinaryExpression' || !/^===?$/.test(test.operator)) return undefined;
  for (const [one, other] of [
    [test.left, test.right],
    [test.right, test.left],
  ]) {
    if (one && other?.type === 'Literal' && typeof other.value === 'string' && meaningOf(known, one) === 'method')
      return other.value.toUpperCase();
  }
  return undefined;
}
