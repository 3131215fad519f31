import {
  bindingsOf,
  importsFrom,
  importsOf,
  isNameTaken,
  type ModuleImport,
  moduleSyntaxOf,
  type Node,
  originOf,
  parentOf,
  quoted,
  type Source,
  semicolon,
  styleOf,
} from '../../src/ast/index.ts';

/** Local name under which a file already has `name` of one of our modules. */
export function importedName(source: Source, module: string, name: string): string | undefined {
  return bindingsOf(source, module).find(({ origin }) => origin.path === name)?.binding.name;
}

/** Name for a new variable that clashes with none of the file. */
export function freeName(source: Source, name: string): string {
  let free = name;
  for (let at = 2; isNameTaken(source, free); at++) free = `${name}${at}`;
  return free;
}

/** The import of one of these modules that code at `node` can see: at module level, or in a block around it. */
export function importBefore(source: Source, node: Node, specifiers: readonly string[]): ModuleImport | undefined {
  const visible = importsFrom(source, specifiers).filter((each) => {
    if (each.typeOnly || each.kind === 're-export') return false;
    const block = parentOf(source, each.statement);
    const isAround = block === source.program || (block !== undefined && block.start <= node.start && node.end <= block.end);
    if (!isAround) return false;
    return each.kind === 'import' || each.statement.start <= node.start;
  });
  return visible.find((each) => each.topLevel) ?? visible[0];
}

/** Local name of a module of ours that is loaded as a whole. */
export function namespaceName(source: Source): string {
  return freeName(source, 'tracing');
}

/** `import tracing = require('module');` */
export function importEqualsLine(source: Source, module: string): string {
  const style = styleOf(source);
  return `import ${namespaceName(source)} = require(${quoted(style, module)})${semicolon(style)}`;
}

/** `const { name } = require('module');` as this file would write it, `like` an import it has; under other names where these are taken. */
export function importLines(source: Source, module: string, names: readonly string[], like?: ModuleImport): readonly string[] {
  const style = styleOf(source);
  const specifier = quoted(style, module);
  const end = like === undefined ? semicolon(style) : endMark(source, like.statement);
  const kind = like?.kind ?? (moduleSyntaxOf(source) === 'import' ? 'import' : 'require');
  const sorted = [...names].sort();
  if (kind === 'import' || kind === 'import-equals') return [`import { ${renamed(source, sorted, ' as ')} } from ${specifier}${end}`];
  if (kind === 'dynamic-import') return [`const { ${renamed(source, sorted, ': ')} } = await import(${specifier})${end}`];
  const declare = like?.statement.type === 'VariableDeclaration' && like.statement.kind !== 'var' ? 'const' : style.declare;
  if (declare === 'var') return sorted.map((name) => `var ${freeName(source, name)} = require(${specifier}).${name}${end}`);
  return [`const { ${renamed(source, sorted, ': ')} } = require(${specifier})${end}`];
}

function renamed(source: Source, names: readonly string[], separator: string): string {
  return names.map((name) => (freeName(source, name) === name ? name : name + separator + freeName(source, name))).join(', ');
}

/** `;` when the statement ends with one. */
export function endMark(source: Source, statement: Node): string {
  return source.text[statement.end - 1] === ';' ? ';' : semicolon(styleOf(source));
}

/** `require('module').name(...)` without a variable, for places that no import can stand before. */
export function inlineName(source: Source, module: string, name: string): string {
  return `require(${quoted(styleOf(source), module)}).${name}`;
}

/** Last import of the block of imports that a file starts with; undefined when other code comes first. */
export function lastImport(source: Source): ModuleImport | undefined {
  const imports = importsOf(source).filter((each) => each.topLevel && each.kind !== 're-export' && each.kind !== 'dynamic-import');
  const byStatement = new Map(imports.map((each) => [each.statement, each]));
  let last: ModuleImport | undefined;
  for (const statement of source.program.body) {
    if (statement.type === 'ExpressionStatement' && statement.expression.type === 'Literal') continue;
    const own = byStatement.get(statement);
    if (own === undefined || !onlyImports(source, statement)) break;
    last = own;
  }
  return last;
}

/** False when the statement also does something with what it loads, such as `require('./app').listen()`. */
function onlyImports(source: Source, statement: Node): boolean {
  if (statement.type === 'ExpressionStatement') return true;
  if (statement.type !== 'VariableDeclaration') return true;
  return statement.declarations.every(({ init }) => init !== null && originOf(source, init) !== undefined);
}
