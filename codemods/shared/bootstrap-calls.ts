import {
  callsInto,
  type ImportedName,
  importsOf,
  insertAfter,
  type ModuleImport,
  quoted,
  type Source,
  type Style,
  semicolon,
  sourceOf,
  statementOf,
  styleOf,
} from '../../src/ast/index.ts';
import type { Repo, Splice } from '../../src/contract/index.ts';
import { type Bootstrap, registerModule } from './bootstrap.ts';

const logsModule = '@tracewright/middleware/logs';

/** True when the bootstrap calls that function of the middleware's log part. */
export function callsLogFunction(bootstrap: Bootstrap, name: string, repo: Repo): boolean {
  const source = sourceOf(bootstrap.file, repo.read(bootstrap.file));
  return source !== undefined && callsInto(source, logsModule).some(({ origin }) => origin.path === name);
}

/** Loads a log function of the middleware in the bootstrap and calls it once tracing is started; nothing when the file is no longer ours to read. */
export function addLogCall(bootstrap: Bootstrap, name: string, repo: Repo, why: string): readonly Splice[] {
  const source = sourceOf(bootstrap.file, repo.read(bootstrap.file));
  const registered = source && callsInto(source, registerModule).find(({ origin }) => origin.path === 'register');
  const started = source?.program.body.findLast((node) => node.type === 'ExpressionStatement');
  if (source === undefined || registered === undefined || started === undefined) return [];
  const style = styleOf(source);
  const call = insertAfter(source, started, [`${name}()${semicolon(style)}`]);
  const load = loadOf(source, name, style);
  return [load, call].map(({ offset, text }) => ({ kind: 'splice', file: bootstrap.file, start: offset, end: offset, text, why }));
}

/** Joins the load of an earlier codemod, or stands after the load of the middleware. */
function loadOf(source: Source, name: string, style: Style): { readonly offset: number; readonly text: string } {
  const loads = importsOf(source).filter((each) => each.topLevel && !each.typeOnly);
  const joined = loads.flatMap((each) => (each.specifier === logsModule ? (lastName(source, each) ?? []) : []))[0];
  if (joined !== undefined) return { offset: joined, text: `, ${name}` };
  const first = loads.findLast((each) => each.specifier === logsModule) ?? loads.find((each) => each.specifier === registerModule);
  const after = first?.statement ?? source.program.body[0];
  const text = loadText(first?.kind === 'import', name, style);
  return after === undefined ? { offset: 0, text: `${text}\n` } : insertAfter(source, statementOf(source, after), [text]);
}

/** Offset after the last name between the braces of a load; undefined when it has no braces. */
function lastName(source: Source, { statement, names }: ModuleImport): number | undefined {
  const text = source.text.slice(statement.start, statement.end);
  const close = text.indexOf('}');
  const last: ImportedName | undefined = names.at(-1);
  if (close === -1 || last === undefined) return undefined;
  const at = text.slice(0, close).lastIndexOf(last.local);
  return at === -1 ? undefined : statement.start + at + last.local.length;
}

function loadText(isImport: boolean, name: string, style: Style): string {
  const module = quoted(style, logsModule);
  const end = semicolon(style);
  if (isImport) return `import { ${name} } from ${module}${end}`;
  if (style.declare === 'var') return `var ${name} = require(${module}).${name}${end}`;
  return `const { ${name} } = require(${module})${end}`;
}
