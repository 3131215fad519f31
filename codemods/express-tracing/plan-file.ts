import { type CallExpression, lineOf, type NewExpression, parentOf, type Source } from '../../src/ast/index.ts';
import type { Repo, Splice, Survey, Task } from '../../src/contract/index.ts';
import {
  addSplice,
  addStatement,
  editFile,
  endMark,
  type FileEdits,
  finishFile,
  importBefore,
  importName,
  importNames,
  isTraced,
  nameInPlace,
  placeValue,
  wantsImportEquals,
} from '../kit/index.ts';
import { appsOf } from './express-values.ts';
import { namesItself } from './names-itself.ts';
import { callsOfOurs, findOldMounts, findOldUses, middleware, type OldUse } from './old-calls.ts';
import { reasons } from './reasons.ts';
import { removeImports, removeStatement } from './remove-text.ts';

/** What is left to do in one file. */
export interface Missing {
  readonly apps: readonly (CallExpression | NewExpression)[];
  readonly uses: readonly OldUse[];
  readonly mounts: ReturnType<typeof findOldMounts>;
  readonly moved: readonly CallExpression[];
  /** No call is needed: the router names its routes itself. */
  readonly isNamed: boolean;
}

export function findMissing(repo: Repo, survey: Survey, source: Source): Missing {
  const isNamed = namesItself(repo, survey, source.file) !== undefined;
  const traceCalls = callsOfOurs(source, 'traceExpress');
  const apps = isNamed ? [] : appsOf(source, repo).filter((call) => !isTraced(source, call, traceCalls));
  const { ours, moved } = findOldUses(source);
  return { apps, uses: ours, mounts: findOldMounts(source), moved, isNamed };
}

export function isNothing({ apps, uses, mounts, moved }: Missing): boolean {
  return apps.length + uses.length + mounts.length + moved.length === 0;
}

/** Edits for one file, and what only a person can judge. */
export function planFile(
  source: Source,
  missing: Missing,
  repo: Repo,
): { readonly edits: readonly Splice[]; readonly tasks: readonly Task[] } {
  const edits = editFile(source, middleware, reasons.load, wantsImportEquals(source, repo));
  for (const call of missing.apps) traceApp(edits, call, repo);
  for (const old of missing.uses) {
    if (missing.isNamed) removeUse(edits, old);
    else renewUse(edits, old);
  }
  for (const { call, path } of missing.mounts) addSplice(edits, path.end, '', reasons.mount, call.end);
  const gone = missing.isNamed ? missing.uses.map(({ trace }) => trace) : [];
  removeImports(edits, [...gone, ...missing.mounts.map(({ call }) => call)]);
  const tasks = missing.moved.map(({ start }) => ({
    file: source.file,
    line: lineOf(source, start),
    why: reasons.kept,
    next: reasons.keptNext,
  }));
  return { edits: finishFile(edits), tasks };
}

function traceApp(edits: FileEdits, call: CallExpression | NewExpression, repo: Repo): void {
  const { source } = edits;
  const place = placeValue(source, call);
  const like = importBefore(source, call, importNames(repo, source.file, 'express'));
  if (place.kind === 'after') {
    const name = importName(edits, 'traceExpress', like, like?.statement ?? place.statement);
    addStatement(edits, place.statement, `${name}(${place.value})${endMark(source, place.statement)}`, reasons.trace);
    return;
  }
  const isTooLate = like === undefined || (like.kind !== 'import' && like.statement.end > call.start);
  const name = isTooLate ? nameInPlace(edits, 'traceExpress') : importName(edits, 'traceExpress', like);
  addSplice(edits, call.start, `${name}(`, reasons.trace);
  addSplice(edits, call.end, ')', reasons.trace);
}

/** `app.use(traceExpress())` becomes `traceExpress(app)`, in a chain `traceExpress(express())`. */
function renewUse(edits: FileEdits, { trace, use, app }: OldUse): void {
  const { text } = edits.source;
  const name = text.slice(trace.callee.start, trace.callee.end);
  if (isStatement(edits.source, use) && app.type !== 'CallExpression' && app.type !== 'NewExpression') {
    addSplice(edits, use.start, `${name}(${text.slice(app.start, app.end)})`, reasons.upgrade, use.end);
    return;
  }
  addSplice(edits, app.start, `${name}(`, reasons.upgrade);
  addSplice(edits, app.end, ')', reasons.upgrade, use.end);
}

function removeUse(edits: FileEdits, { use, app }: OldUse): void {
  const statement = parentOf(edits.source, use);
  const isOwn = isStatement(edits.source, use) && app.type !== 'CallExpression' && app.type !== 'NewExpression';
  if (isOwn && statement !== undefined) removeStatement(edits, statement, reasons.named);
  else addSplice(edits, app.end, '', reasons.named, use.end);
}

function isStatement(source: Source, use: CallExpression): boolean {
  return parentOf(source, use)?.type === 'ExpressionStatement';
}
