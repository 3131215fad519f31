import {
  bindingOf,
  type Call,
  keyName,
  type Node,
  nodesOf,
  type ObjectExpression,
  originOf,
  parentOf,
  propertyName,
  type Source,
  unwrap,
  writesOf,
} from '../../src/ast/index.ts';

/** Clients that send over Node's http unless an option of theirs says HTTP/2, for which they open connections of their own. undici reports both. */
const options: Readonly<Record<string, string>> = { axios: 'httpVersion', got: 'http2' };

/** True when a call, or what it creates, is told to speak HTTP/2. */
export function speaksHttp2(source: Source, module: string, call: Call): boolean {
  if (module === 'superagent') return chainedNames(source, call).includes('http2');
  const option = options[module];
  return option !== undefined && call.arguments.some((each) => objectsOf(source, each).some((object) => asksFor(source, object, option)));
}

/** `axios.defaults.httpVersion = 2`: every call of the client from here on. */
export function http2Defaults(source: Source): readonly { readonly module: string; readonly start: number }[] {
  return nodesOf(source).flatMap((node) => {
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression' || isHttp1(node.right)) return [];
    const name = propertyName(node.left);
    const origin = originOf(source, unwrap(node.left.object));
    const isDefault = origin !== undefined && /^defaults(\.options)?$/.test(origin.path) && options[origin.module] === name;
    return isDefault ? [{ module: origin.module, start: node.start }] : [];
  });
}

function asksFor(source: Source, object: ObjectExpression, option: string): boolean {
  return object.properties.some((property) => {
    if (property.type !== 'Property') return objectsOf(source, property.argument).some((each) => asksFor(source, each, option));
    return keyName(property) === option && !isHttp1(unwrap(property.value));
  });
}

/** What says plainly that it is not HTTP/2; anything else may be. */
function isHttp1(value: Node): boolean {
  return value.type === 'Literal' && (value.value === false || value.value === null || Number.parseInt(String(value.value), 10) === 1);
}

/** Object literals that an expression is or, by name, stands for. */
function objectsOf(source: Source, node: Node, depth = 0): readonly ObjectExpression[] {
  const inner = node.type === 'SpreadElement' ? node.argument : unwrap(node);
  if (inner.type === 'ObjectExpression') return [inner];
  const binding = inner.type === 'Identifier' && depth < 3 ? bindingOf(source, inner) : undefined;
  const declaration = binding?.declarations[0];
  const declarator = declaration === undefined ? undefined : parentOf(source, declaration);
  if (binding === undefined || declarator?.type !== 'VariableDeclarator' || declarator.id !== declaration) return [];
  return [...(declarator.init ? [declarator.init] : []), ...writesOf(source, binding)].flatMap((each) =>
    objectsOf(source, each, depth + 1),
  );
}

/** Names of the methods called on what a call gives: `superagent.get(url).http2().end()`. */
function chainedNames(source: Source, call: Call): readonly string[] {
  const names: string[] = [];
  let member = parentOf(source, call);
  while (member?.type === 'MemberExpression') {
    names.push(propertyName(member) ?? '');
    const next = parentOf(source, member);
    member = next === undefined ? undefined : parentOf(source, next);
  }
  return names;
}
