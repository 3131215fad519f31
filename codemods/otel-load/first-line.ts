import {
  importsOf,
  insertAfter,
  insertFirst,
  lineOf,
  type ModuleImport,
  quoted,
  type Source,
  type Style,
  semicolon,
  sourceOf,
  styleOf,
} from '../../src/ast/index.ts';
import type { Draft, Entry, Repo } from '../../src/contract/index.ts';
import { folderOf, relativeFrom, setsImportsApart, wantsImportEquals } from '../kit/index.ts';
import type { Bootstrap } from '../service/index.ts';
import { envFileOf, mayPrecede } from './env-file.ts';
import { reasons } from './reasons.ts';

const nothing: Draft = { edits: [], tasks: [] };

/** The first statement of an entry that loads its bootstrap; nothing when it is there already. */
export function firstLine(entry: Entry, bootstrap: Bootstrap, isPreloaded: boolean, repo: Repo): Draft {
  const source = sourceOf(entry.file, repo.read(entry.file));
  if (source === undefined) {
    const statement = statementFor(bootstrap, relativeFrom(folderOf(entry.file), bootstrap.file), "'", ';');
    const task = { file: entry.file, line: 1, why: reasons.unparsable(entry.file), next: reasons.unparsableNext(statement) };
    return { edits: [], tasks: [task] };
  }
  const loaded = importsOf(source).filter((each) => each.topLevel && !each.typeOnly);
  const position = loaded.findIndex((each) => names(each, entry, bootstrap));
  if (position !== -1) return loaded.slice(0, position).every(mayPrecede) ? nothing : lateLoad(source, loaded[position]);
  return insertLoad(source, entry, bootstrap, isPreloaded, repo);
}

/** First of all, except after the statements that load a .env file: tracing reads its OTEL_* variables. */
function insertLoad(source: Source, entry: Entry, bootstrap: Bootstrap, isPreloaded: boolean, repo: Repo): Draft {
  const { file } = entry;
  const style = styleOf(source);
  // Compilers put the requires of imports above a require that is written out.
  const form = bootstrap.form === 'require' && entry.syntax === 'import' ? 'import' : bootstrap.form;
  const written = wantsImportEquals(source, repo) ? 'require' : form;
  const statement = statementFor({ form: written }, specifierIn(source, entry, bootstrap), style.quote, endFor(source, style));
  const env = envFileOf(source, form);
  const isOrdered = env?.leading !== undefined;
  const place = env?.leading === undefined ? insertFirst(source, statement) : insertAfter(source, env.leading, [statement]);
  const { offset } = place;
  // Linters that set groups of imports apart take an import for its effect for a group of its own.
  const isOwnGroup = place.text === `${statement}\n` && setsImportsApart(source);
  const text = isOwnGroup ? `${place.text}\n` : place.text;
  const why = isOrdered && !isPreloaded ? reasons.afterEnvFile(form) : reasons.firstLine(form);
  const isRead = env === undefined || (isOrdered && !isPreloaded);
  const tasks = isRead ? [] : [{ file, line: env.line, why: reasons.envFile(file), next: reasons.envFileNext(form, isPreloaded) }];
  return { edits: [{ kind: 'splice', file, start: offset, end: offset, text, why }], tasks };
}

/** Without a semicolon a first statement in parentheses would become an argument list. */
function endFor(source: Source, style: Style): string {
  const first = source.program.body.find((node) => !(node.type === 'ExpressionStatement' && node.expression.type === 'Literal'));
  return first !== undefined && /^[([`+\-/]/.test(source.text.slice(first.start)) ? ';' : semicolon(style);
}

function lateLoad(source: Source, late: ModuleImport | undefined): Draft {
  const line = late === undefined ? 1 : lineOf(source, late.node.start);
  return { edits: [], tasks: [{ file: source.file, line, why: reasons.late(source.file), next: reasons.lateNext }] };
}

function names({ specifier }: ModuleImport, entry: Entry, bootstrap: Bootstrap): boolean {
  if (specifier === undefined) return false;
  const wanted = relativeFrom(folderOf(entry.file), bootstrap.file);
  return specifier === wanted || withoutExtension(specifier) === withoutExtension(wanted);
}

function statementFor({ form }: Pick<Bootstrap, 'form'>, specifier: string, quote: "'" | '"', end: string): string {
  const named = quoted({ indent: '', quote, semicolons: end !== '', eol: '\n', finalNewline: true, declare: 'const' }, specifier);
  return form === 'require' ? `require(${named})${end}` : `import ${named}${end}`;
}

/** `.cjs` and `.mjs` are always written out; a compiled file is named the way its siblings are. */
function specifierIn(source: Source, entry: Entry, bootstrap: Bootstrap): string {
  const path = relativeFrom(folderOf(entry.file), bootstrap.file);
  if (/\.[cm]js$/.test(path)) return path;
  const siblings = importsOf(source).flatMap((each) =>
    each.specifier !== undefined && /^\.{1,2}\//.test(each.specifier) ? [each.specifier] : [],
  );
  const extension = siblings.map((specifier) => /\.(js|ts)$/.exec(specifier)?.[0]).find((found) => found !== undefined);
  return withoutExtension(path) + (extension ?? '');
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, '');
}
