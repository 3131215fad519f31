import { isNameTaken, lineOf, type Node, type Source, semicolon, styleOf } from '../../src/ast/index.ts';
import type { Repo, Splice, Task } from '../../src/contract/index.ts';
import { addSplice, addStatement, editFile, type FileEdits, finishFile, importName, lastImport, wantsImportEquals } from '../kit/index.ts';
import { type Handler, middleware } from './find-handler.ts';
import { reasons } from './reasons.ts';

/** Edits and tasks for the handlers of one file. */
export function planHandlers(handlers: readonly Handler[], repo: Repo): { edits: readonly Splice[]; tasks: readonly Task[] } {
  const [first] = handlers;
  if (first === undefined) return { edits: [], tasks: [] };
  const { source } = first;
  const edits = editFile(source, middleware, reasons.load, wantsImportEquals(source, repo));
  const tasks = handlers.flatMap((handler): readonly Task[] => {
    if (handler.state !== 'unknown') {
      traceHandler(edits, handler);
      return [];
    }
    const line = handler.node === undefined ? 1 : lineOf(source, handler.node.start);
    return [{ file: source.file, line, why: reasons.unknown(handler.name), next: reasons.unknownNext(handler.name) }];
  });
  return { edits: finishFile(edits), tasks };
}

function traceHandler(edits: FileEdits, handler: Handler): void {
  const { source, name } = handler;
  const call = importName(edits, 'traceLambda', lastImport(source));
  const end = semicolon(styleOf(source));
  if (handler.state === 'assigned') {
    addStatement(edits, handler.statement, `${handler.target} = ${call}(${handler.target})${end}`, reasons.trace);
    return;
  }
  const last = source.program.body.at(-1);
  if (last === undefined) return;
  const traced = tracedName(source, name);
  const declare = (local: string): string => `const ${traced} = ${call}(${local})${end}`;
  if (handler.state === 'declared') {
    addSplice(edits, handler.statement.start, '', reasons.unexport, handler.declaration.start);
    addStatement(edits, last, declare(name), reasons.trace);
    addStatement(edits, last, `export { ${traced} as ${name} }${end}`, reasons.trace);
  } else if (handler.state === 'listed') {
    addStatement(edits, last, declare(handler.local), reasons.trace);
    replace(edits, handler.specifier, `${traced} as ${name}`);
  }
}

function replace(edits: FileEdits, node: Node, text: string): void {
  addSplice(edits, node.start, text, reasons.trace, node.end);
}

function tracedName(source: Source, name: string): string {
  const start = `traced${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  let free = start;
  for (let at = 2; isNameTaken(source, free); at++) free = `${start}${at}`;
  return free;
}
