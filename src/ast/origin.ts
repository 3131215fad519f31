import { keyName, propertyName, staticString, unwrap } from './expression.ts';
import { type Node, parentOf, type Source } from './node.ts';
import { allBindings, type Binding, bindingOf, usesGlobal } from './scope.ts';

/** What an expression is, seen from outside: a member of a module. `path` is '' for the module (or its default export) itself, else e.g. `Router`. */
export interface Origin {
  /** Specifier as written, without `node:`. */
  readonly module: string;
  readonly path: string;
}

/** Follows an expression to the module it comes from: imports, requires, interop helpers, destructuring, constants that alias them. */
export function originOf(source: Source, expression: Node, depth = 0): Origin | undefined {
  if (depth > 12) return undefined;
  const node = unwrap(expression);
  switch (node.type) {
    case 'Identifier': {
      const binding = bindingOf(source, node);
      return binding === undefined ? undefined : bindingOrigin(source, binding, depth + 1);
    }
    case 'MemberExpression': {
      const name = propertyName(node);
      const object = originOf(source, node.object, depth + 1);
      return name === undefined || object === undefined ? undefined : memberOf(object, name);
    }
    case 'AwaitExpression':
      return unwrap(node.argument).type === 'ImportExpression' ? originOf(source, node.argument, depth + 1) : undefined;
    case 'ImportExpression':
      return moduleOrigin(staticString(node.source));
    case 'AssignmentExpression':
      return node.operator === '=' ? originOf(source, node.right, depth + 1) : undefined;
    case 'CallExpression':
    case 'NewExpression':
      return callOrigin(source, node, depth);
    default:
      return undefined;
  }
}

/** Specifier of `require('x')` (also `new require('x')`), when `require` is Node's own. */
export function requiredModule(source: Source, node: Node): string | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const { callee } = node;
  if (callee.type !== 'Identifier' || callee.name !== 'require' || !isModuleRequire(source, callee)) return undefined;
  return staticString(node.arguments[0]);
}

/** `require` itself, or one made by `createRequire`. */
function isModuleRequire(source: Source, callee: Node): boolean {
  const binding = bindingOf(source, callee);
  if (binding === undefined) return true;
  const declaration = binding.declarations[0];
  const declarator = declaration && parentOf(source, declaration);
  if (declarator?.type !== 'VariableDeclarator' || declarator.init?.type !== 'CallExpression') return false;
  const origin = originOf(source, declarator.init.callee, 10);
  return origin?.module === 'module' && origin.path === 'createRequire';
}

const interop = /^(_?_?interop(Require)?(Default|Wildcard|Namespace)\w*|__importDefault|__importStar|__toESM)$/;

function callOrigin(source: Source, node: Node, depth: number): Origin | undefined {
  const specifier = requiredModule(source, node);
  if (specifier !== undefined) return moduleOrigin(specifier);
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const name = callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
  const [first] = node.arguments;
  return first !== undefined && interop.test(name) ? originOf(source, first, depth + 1) : undefined;
}

function moduleOrigin(specifier: string | undefined): Origin | undefined {
  return specifier === undefined ? undefined : { module: specifier.replace(/^node:/, ''), path: '' };
}

function memberOf(object: Origin, name: string): Origin {
  if (object.path === '') return name === 'default' ? object : { module: object.module, path: name };
  return { module: object.module, path: `${object.path}.${name}` };
}

function bindingOrigin(source: Source, binding: Binding, depth: number): Origin | undefined {
  const [identifier, ...more] = binding.declarations;
  if (identifier === undefined || more.length > 0) return undefined;
  const parent = parentOf(source, identifier);
  switch (parent?.type) {
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportSpecifier':
      return importOrigin(source, parent);
    case 'TSImportEqualsDeclaration':
      return parent.moduleReference.type === 'TSExternalModuleReference'
        ? moduleOrigin(parent.moduleReference.expression.value)
        : originOf(source, parent.moduleReference, depth);
    case 'VariableDeclarator':
      return valueOrigin(source, binding, parent.init, depth);
    case 'Property':
    case 'AssignmentPattern':
      return writesOf(source, binding).length > 0 ? undefined : patternOrigin(source, identifier, depth);
    default:
      return undefined;
  }
}

function importOrigin(source: Source, specifier: Node): Origin | undefined {
  const declaration = parentOf(source, specifier);
  if (declaration?.type !== 'ImportDeclaration') return undefined;
  const whole = moduleOrigin(declaration.source.value);
  if (whole === undefined || specifier.type !== 'ImportSpecifier') return whole;
  const { imported } = specifier;
  return memberOf(whole, imported.type === 'Identifier' ? imported.name : imported.value);
}

/** A variable is what it was set to, when it was set exactly once. */
function valueOrigin(source: Source, binding: Binding, init: Node | null, depth: number): Origin | undefined {
  const writes = writesOf(source, binding);
  if (init !== null) return writes.length === 0 ? originOf(source, init, depth) : undefined;
  const [only, ...more] = writes;
  return only !== undefined && more.length === 0 ? originOf(source, only, depth) : undefined;
}

function patternOrigin(source: Source, identifier: Node, depth: number): Origin | undefined {
  const path: string[] = [];
  let at: Node | undefined = parentOf(source, identifier);
  for (; at !== undefined && at.type !== 'VariableDeclarator'; at = parentOf(source, at)) {
    if (at.type !== 'Property') continue;
    const name = keyName(at);
    if (name === undefined) return undefined;
    path.unshift(name);
  }
  if (at?.type !== 'VariableDeclarator' || at.init === null) return undefined;
  const whole = originOf(source, at.init, depth);
  return whole && path.reduce<Origin>(memberOf, whole);
}

const writes = new WeakMap<Binding, readonly Node[]>();

/** Values that are assigned to a variable after its declaration. */
export function writesOf(source: Source, binding: Binding): readonly Node[] {
  let known = writes.get(binding);
  if (known === undefined) {
    known = findWrites(source, binding);
    writes.set(binding, known);
  }
  return known;
}

function findWrites(source: Source, binding: Binding): readonly Node[] {
  return binding.references.flatMap((reference) => {
    const parent = parentOf(source, reference);
    return parent?.type === 'AssignmentExpression' && parent.left === reference ? [parent.right] : [];
  });
}

/** A variable of the file that holds a module or one of its members. */
export interface ModuleBinding {
  readonly binding: Binding;
  readonly origin: Origin;
}

const held = new WeakMap<Source, ReadonlyMap<string, readonly ModuleBinding[]>>();

/** Variables that hold `moduleName` (without `node:`) or a member of it. */
export function bindingsOf(source: Source, moduleName: string): readonly ModuleBinding[] {
  let byModule = held.get(source);
  if (byModule === undefined) {
    byModule = heldModules(source);
    held.set(source, byModule);
  }
  return byModule.get(moduleName) ?? [];
}

function heldModules(source: Source): ReadonlyMap<string, readonly ModuleBinding[]> {
  const byModule = new Map<string, ModuleBinding[]>();
  for (const binding of allBindings(source)) {
    const origin = bindingOrigin(source, binding, 0);
    if (origin === undefined) continue;
    const known = byModule.get(origin.module);
    if (known === undefined) byModule.set(origin.module, [{ binding, origin }]);
    else known.push({ binding, origin });
  }
  return byModule;
}

/** True for a reference to a global of that name which nothing in the file shadows. */
export function isGlobal(source: Source, node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name && usesGlobal(source, name) && bindingOf(source, node) === undefined;
}
