import { type CallExpression, callsOf, type NewExpression, originOf, type Source } from '../../src/ast/index.ts';
import type { Repo, Splice } from '../../src/contract/index.ts';
import { addSplice, addStatement, editFile, type FileEdits, finishFile, importName, nameInPlace } from '../shared/file-edits.ts';
import { endMark, importBefore } from '../shared/middleware-import.ts';
import { appsOf } from './express-values.ts';
import { findMounts, type Mount, middleware } from './find-mounts.ts';
import { isTraced, placeApp } from './place-app.ts';
import { reasons } from './reasons.ts';

/** What is left to do in one file. */
export interface Missing {
  readonly apps: readonly (CallExpression | NewExpression)[];
  readonly mounts: readonly Mount[];
}

export function findMissing(repo: Repo, source: Source): Missing {
  const traceCalls = callsOf(source).filter((call) => {
    const origin = originOf(source, call.callee);
    return origin?.module === middleware && origin.path === 'traceExpress';
  });
  return { apps: appsOf(source).filter((call) => !isTraced(source, call, traceCalls)), mounts: findMounts(repo, source) };
}

/** Edits for one file. */
export function planFile(source: Source, missing: Missing): readonly Splice[] {
  const edits = editFile(source, middleware, reasons.load);
  for (const call of missing.apps) traceApp(edits, call);
  for (const { call, path } of missing.mounts) {
    const like = importBefore(source, call, express);
    const name = like === undefined ? nameInPlace(edits, 'mountPath') : importName(edits, 'mountPath', like);
    addSplice(edits, path.end, `, ${name}(${source.text.slice(path.start, path.end)})`, reasons.mount);
  }
  return finishFile(edits);
}

const express: readonly string[] = ['express'];

function traceApp(edits: FileEdits, call: CallExpression | NewExpression): void {
  const { source } = edits;
  const place = placeApp(source, call);
  const like = importBefore(source, call, express);
  if (place.kind === 'after') {
    const name = importName(edits, 'traceExpress', like, like?.statement ?? place.statement);
    addStatement(edits, place.statement, `${place.app}.use(${name}())${endMark(source, place.statement)}`, reasons.trace);
    return;
  }
  const isTooLate = like === undefined || (like.kind !== 'import' && like.statement.end > call.start);
  const name = isTooLate ? nameInPlace(edits, 'traceExpress') : importName(edits, 'traceExpress', like);
  // `new express` without parentheses would take the call for its arguments.
  const opened = source.text[call.end - 1] === ')' ? '' : '()';
  const [lineBreak = ''] = /^\s*\n\s*(?=\.)/.exec(source.text.slice(call.end)) ?? [];
  addSplice(edits, call.end, `${opened}${lineBreak.replace(/^.*\n/s, '\n')}.use(${name}())`, reasons.trace);
}
