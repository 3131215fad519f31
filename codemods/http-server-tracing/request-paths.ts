import {
  type Binding,
  bindingOf,
  type FunctionNode,
  keyName,
  type Node,
  nodesWithin,
  parentOf,
  type Source,
  writesOf,
} from '../../src/ast/index.ts';
import { type Known, type Meaning, meaningOf, requestFields } from './path-meaning.ts';

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
  const spreading = { source, meanings, unsteady: new Map<Binding, number>() };
  for (const node of nodesWithin(source, handler)) {
    if (node.type === 'VariableDeclarator' && node.init) spread(spreading, node.id, node.init);
    if (node.type === 'AssignmentExpression' && node.operator === '=') spread(spreading, node.left, node.right);
  }
  return { source, meanings, parts: new Map() };
}

interface Spreading {
  readonly source: Source;
  readonly meanings: Map<Binding, Meaning>;
  /** Variables whose values did not agree when so many meanings were known. */
  readonly unsteady: Map<Binding, number>;
}

function spread({ source, meanings, unsteady }: Spreading, target: Node, value: Node): void {
  const meaning = meaningOf({ source, meanings }, value);
  if (meaning === undefined) return;
  if (target.type === 'ObjectPattern')
    notePattern(source, meanings, target, meaning === 'request' ? requestFields : meaning === 'path' ? urlFields : {});
  if (target.type !== 'Identifier') return;
  const binding = bindingOf(source, target);
  if (binding === undefined || meanings.get(binding) === meaning || unsteady.get(binding) === meanings.size) return;
  const isSteady = writesOf(source, binding).every((each) => each === value || meaningOf({ source, meanings }, each) === meaning);
  if (isSteady) meanings.set(binding, meaning);
  else unsteady.set(binding, meanings.size);
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
