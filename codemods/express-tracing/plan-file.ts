import {
  type CallExpression,
  callsOf,
  insertAfter,
  type ModuleImport,
  type NewExpression,
  type Node,
  originOf,
  type Source,
} from '../../src/ast/index.ts';
import type { Repo, Splice } from '../../src/contract/index.ts';
import { endMark, freeName, importBefore, importedName, importLines, inlineName } from '../shared/middleware-import.ts';
import { appsOf } from './express-values.ts';
import { findMounts, middleware } from './find-mounts.ts';
import { isTraced, type Place, placeApp } from './place-app.ts';
import { reasons } from './reasons.ts';

/** What is left to do in one file. */
export interface Missing {
  readonly apps: readonly (CallExpression | NewExpression)[];
  readonly mounts: ReturnType<typeof findMounts>;
}

export function findMissing(repo: Repo, source: Source): Missing {
  const traceCalls = callsOf(source).filter((call) => {
    const origin = originOf(source, call.callee);
    return origin?.module === middleware && origin.path === 'traceExpress';
  });
  return { apps: appsOf(source).filter((call) => !isTraced(source, call, traceCalls)), mounts: findMounts(repo, source) };
}

/** Statements and imports that are put after the same statement become one edit, so they keep their order. */
interface Lines {
  readonly imports: Set<string>;
  like: ModuleImport | undefined;
  readonly uses: string[];
}

interface Work {
  readonly source: Source;
  readonly after: Map<Node, Lines>;
  readonly edits: Splice[];
}

/** Edits for one file. */
export function planFile(source: Source, missing: Missing): readonly Splice[] {
  const work: Work = { source, after: new Map(), edits: [] };
  for (const call of missing.apps) traceApp(work, call);
  for (const mount of missing.mounts) {
    const name = nameAt(work, 'mountPath', mount.call);
    const path = source.text.slice(mount.path.start, mount.path.end);
    addSplice(work, mount.path.end, `, ${name}(${path})`, reasons.mount);
  }
  for (const [statement, { imports, like, uses }] of work.after) {
    const loads = imports.size > 0 ? importLines(source, middleware, [...imports], like) : [];
    const { offset, text } = insertAfter(source, statement, [...loads, ...uses]);
    addSplice(work, offset, text, uses.length > 0 ? reasons.trace : reasons.load);
  }
  return work.edits.sort((a, b) => a.start - b.start);
}

function addSplice({ source, edits }: Work, offset: number, text: string, why: string): void {
  edits.push({ kind: 'splice', file: source.file, start: offset, end: offset, text, why });
}

function traceApp(work: Work, call: CallExpression | NewExpression): void {
  const { source } = work;
  const place = placeApp(source, call);
  const name = nameAt(work, 'traceExpress', call, place);
  if (place.kind === 'after') {
    linesAfter(work, place.statement).uses.push(`${place.app}.use(${name}())${endMark(source, place.statement)}`);
    return;
  }
  // `new express` without parentheses would take the call for its arguments.
  const opened = source.text[call.end - 1] === ')' ? '' : '()';
  const [lineBreak = ''] = /^\s*\n\s*(?=\.)/.exec(source.text.slice(call.end)) ?? [];
  addSplice(work, call.end, `${opened}${lineBreak.replace(/^.*\n/s, '\n')}.use(${name}())`, reasons.trace);
}

function linesAfter({ after }: Work, statement: Node): Lines {
  const lines = after.get(statement) ?? { imports: new Set(), like: undefined, uses: [] };
  after.set(statement, lines);
  return lines;
}

/** How code at `node` can call our function, importing it when needed. */
function nameAt(work: Work, name: string, node: Node, place?: Place): string {
  const { source } = work;
  const known = importedName(source, middleware, name);
  if (known !== undefined) return known;
  const like = importBefore(source, node, (specifier) => specifier === 'express');
  const isSameStatement = like !== undefined && like.kind !== 'import' && like.statement.end > node.start;
  const inline = inlineName(source, middleware, name);
  if (place?.kind === 'chain' && (isSameStatement || like === undefined)) return inline;
  const statement = like?.statement ?? (place?.kind === 'after' ? place.statement : undefined);
  if (statement === undefined) return inline;
  const lines = linesAfter(work, statement);
  lines.imports.add(name);
  lines.like = like;
  return freeName(source, name);
}
