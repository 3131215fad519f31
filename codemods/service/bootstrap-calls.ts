import {
  callsInto,
  type ImportedName,
  importsOf,
  insertAfter,
  isNameTaken,
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
  const { module, splice } = loadOf(source, name, style);
  const callee = module === undefined ? name : `${module}.${name}`;
  const call = insertAfter(source, started, [`${callee}()${semicolon(style)}`]);
  return [splice, call].flatMap((each) =>
    each === undefined ? [] : [{ kind: 'splice', file: bootstrap.file, start: each.offset, end: each.offset, text: each.text, why }],
  );
}

/** How the function is reached: by its name, or as a member of a variable that holds the module. */
interface Load {
  readonly module?: string;
  readonly splice?: { readonly offset: number; readonly text: string };
}

/** Joins the load of an earlier codemod, or stands beside the load of the middleware. */
function loadOf(source: Source, name: string, style: Style): Load {
  const loads = importsOf(source).filter((each) => each.topLevel && !each.typeOnly);
  const earlier = loads.filter((each) => each.specifier === logsModule);
  const whole = earlier.flatMap((each) => each.names).find(({ imported }) => imported === '*');
  if (whole !== undefined) return { module: whole.local };
  const joined = earlier.flatMap((each) => lastName(source, each) ?? [])[0];
  if (joined !== undefined) return { splice: { offset: joined, text: `, ${name}` } };
  const first = earlier.at(-1) ?? loads.find((each) => each.specifier === registerModule);
  const isImport = first?.kind === 'import';
  const isOld = earlier.length === 0 && !isImport && style.declare === 'var';
  const module = isOld && !isNameTaken(source, 'logs') ? 'logs' : undefined;
  const after = first?.statement ?? source.program.body[0];
  const text = loadText(isImport, name, module, style);
  // Linters that sort imports want it above the load of `register`.
  if (isImport && first.specifier === registerModule) return { splice: { offset: first.statement.start, text: `${text}\n` } };
  const splice = after === undefined ? { offset: 0, text: `${text}\n` } : insertAfter(source, statementOf(source, after), [text]);
  return module === undefined ? { splice } : { module, splice };
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

function loadText(isImport: boolean, name: string, variable: string | undefined, style: Style): string {
  const module = quoted(style, logsModule);
  const end = semicolon(style);
  if (isImport) return `import { ${name} } from ${module}${end}`;
  if (variable !== undefined) return `var ${variable} = require(${module})${end}`;
  if (style.declare === 'var') return `var ${name} = require(${module}).${name}${end}`;
  return `const { ${name} } = require(${module})${end}`;
}
