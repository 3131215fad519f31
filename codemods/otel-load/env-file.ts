import { importsOf, lineOf, type ModuleImport, type Node, nodesWithin, originOf, propertyName, type Source } from '../../src/ast/index.ts';
import type { Bootstrap } from '../service/index.ts';

/** Packages that put a .env file into process.env; the middleware's loading check knows them too. */
const loader = /^dotenv(-safe|-flow|-expand)?(\/.+)?$/;

/** Node's own modules that work out where the file is. */
const locator = /^(node:)?(path|url)$/;

/** Where an entry loads a .env file, which may hold OTEL_* variables. */
export interface EnvFile {
  /** The statement of the entry that does it, when only such statements are above it; tracing loads right after that one. */
  readonly leading?: Node;
  /** 1-based line of the first statement that does it. */
  readonly line: number;
}

/** How the entry loads a .env file; undefined when it does not. */
export function envFileOf(source: Source, form: Bootstrap['form']): EnvFile | undefined {
  const statements = source.program.body.filter((node) => !isDirective(node));
  const loading = statements.filter((statement) => loadsEnvFile(source, statement));
  const [first] = loading;
  if (first === undefined) return undefined;
  const line = lineOf(source, first.start);
  const stranger = statements.findIndex((statement) => !(form === 'require' ? isHarmless(source, statement) : isBareImport(statement)));
  const above = new Set(stranger === -1 ? statements : statements.slice(0, stranger));
  const leading = loading.findLast((statement) => above.has(statement));
  return leading === undefined ? { line } : { leading, line };
}

/** True for a module that may load before tracing does. */
export function mayPrecede({ specifier }: ModuleImport): boolean {
  return specifier !== undefined && isEarly(specifier);
}

function isEarly(module: string): boolean {
  return loader.test(module) || locator.test(module);
}

function isDirective(node: Node): boolean {
  return node.type === 'ExpressionStatement' && node.expression.type === 'Literal';
}

/** `import 'dotenv/config'`: the only form that runs between imports, which all run before other code. */
function isBareImport(statement: Node): boolean {
  return statement.type === 'ImportDeclaration' && statement.specifiers.length === 0 && loader.test(statement.source.value);
}

function loadsEnvFile(source: Source, statement: Node): boolean {
  if (isBareImport(statement)) return true;
  if (!/^(Expression|If|Try)Statement$|^VariableDeclaration$/.test(statement.type)) return false;
  return nodesWithin(source, statement).some((node) => {
    if (node.type !== 'CallExpression') return false;
    const { module, path } = originOf(source, node) ?? { module: '', path: '' };
    if (path === '' && /^dotenv(-flow)?\/config$/.test(module)) return true;
    const called = originOf(source, node.callee);
    return called !== undefined && loader.test(called.module) && /^(config|load|expand|)$/.test(called.path);
  });
}

/** True for a statement that does nothing but find and load the file. */
function isHarmless(source: Source, statement: Node): boolean {
  if (!/^(Expression|If|Try)Statement$|^VariableDeclaration$/.test(statement.type)) return false;
  const loads = importsOf(source).filter(({ node }) => node.start >= statement.start && node.end <= statement.end);
  if (!loads.every(mayPrecede)) return false;
  return nodesWithin(source, statement).every((node) => {
    if (/Function|^Class|^(Await|Import|New)Expression$/.test(node.type)) return false;
    return node.type !== 'CallExpression' || loads.some((load) => load.node === node) || isHarmlessCall(source, node.callee);
  });
}

function isHarmlessCall(source: Source, callee: Node): boolean {
  const called = originOf(source, callee);
  if (called !== undefined) return isEarly(called.module);
  return callee.type === 'MemberExpression' && propertyName(callee) === 'cwd';
}
