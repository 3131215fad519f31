import type { Node, Source } from '../../src/ast/index.ts';

type ImportDeclaration = Extract<Node, { type: 'ImportDeclaration' }>;

/** The import that a new one stands beside. */
export interface Neighbour {
  readonly side: 'after' | 'before';
  readonly statement: Node;
}

/**
 * Where an import of a package goes in a file that keeps its imports in alphabetical order, as linters such as simple-import-sort and
 * import/order demand: in the group of `like`, or in the last group of packages. Undefined when the imports are not in that order, or too
 * few to tell.
 */
export function sortedPlace(source: Source, specifier: string, like: Node): Neighbour | undefined {
  const groups = importGroups(source);
  const pairs = groups.flatMap((group) => group.slice(1).map((each, index) => [group[index] ?? each, each] as const));
  if (pairs.filter((pair) => pair.every(isPackage)).length < 2) return undefined;
  if (pairs.some(([one, next]) => keyOf(one.source.value) > keyOf(next.source.value))) return undefined;
  const group =
    groups.find((each) => each.some((one) => one === like && isOfPackages(one))) ?? groups.findLast((each) => each.some(isOfPackages));
  const [first] = group ?? [];
  if (group === undefined || first === undefined) return undefined;
  const before = group.findLast((each) => keyOf(each.source.value) <= keyOf(specifier));
  return before === undefined ? { side: 'before', statement: first } : { side: 'after', statement: before };
}

/** True when blank lines set groups of imports apart. */
export function setsImportsApart(source: Source): boolean {
  return importGroups(source).length > 1;
}

/** Imports with nothing between them: no blank line, no import for its effect alone, no other statement. */
function importGroups(source: Source): readonly (readonly ImportDeclaration[])[] {
  const groups: ImportDeclaration[][] = [];
  let last: Node | undefined;
  for (const statement of source.program.body) {
    const isNamed = statement.type === 'ImportDeclaration' && statement.specifiers.length > 0;
    const isNext = last !== undefined && !/\n[\t ]*\r?\n/.test(source.text.slice(last.end, statement.start));
    if (isNamed && isNext) groups.at(-1)?.push(statement);
    else if (isNamed) groups.push([statement]);
    last = isNamed ? statement : undefined;
  }
  return groups;
}

function isPackage({ source }: ImportDeclaration): boolean {
  return !/^[./~#]/.test(source.value);
}

/** `@/app` names a folder of the project. */
function isOfPackages(statement: ImportDeclaration): boolean {
  return isPackage(statement) && !/^@\//.test(statement.source.value);
}

/** Files come after packages. */
function keyOf(specifier: string): string {
  return (specifier.startsWith('.') ? '~' : '') + specifier.toLowerCase();
}
