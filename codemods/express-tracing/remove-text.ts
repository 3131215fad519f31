import { bindingsOf, type Node, parentOf, type Source, statementOf } from '../../src/ast/index.ts';
import { addSplice, type FileEdits } from '../kit/index.ts';
import { middleware } from './old-calls.ts';
import { reasons } from './reasons.ts';

/** Takes a statement away: with its line when it stands alone on it, else with the space before it. */
export function removeStatement(edits: FileEdits, statement: Node, why: string): void {
  const { text } = edits.source;
  const start = text.lastIndexOf('\n', statement.start - 1) + 1;
  const after = /^[\t ]*(\r?\n|$)/.exec(text.slice(statement.end));
  if (after !== null && /^\uFEFF?[\t ]*$/.test(text.slice(start, statement.start))) {
    const begin = text[start] === '\uFEFF' ? start + 1 : start;
    addSplice(edits, begin, '', why, statement.end + after[0].length);
    return;
  }
  const gap = /[\t ]*$/.exec(text.slice(0, statement.start))?.[0].length ?? 0;
  addSplice(edits, statement.start - gap, '', why, statement.end);
}

/** Takes away the imports of ours that only the removed calls used. */
export function removeImports(edits: FileEdits, removed: readonly Node[]): void {
  const { source } = edits;
  const isRemoved = (node: Node): boolean => removed.some(({ start, end }) => start <= node.start && node.end <= end);
  const all = bindingsOf(source, middleware);
  const idle = all.filter(({ binding }) => binding.references.length > 0 && binding.references.every(isRemoved));
  const statements = new Set(idle.flatMap(({ binding }) => binding.declarations.map((each) => statementOf(source, each))));
  for (const statement of statements) {
    const inIt = all.filter(({ binding }) => binding.declarations.some((each) => statementOf(source, each) === statement));
    const kept = inIt.filter((each) => !idle.includes(each));
    if (kept.length === 0) removeStatement(edits, statement, reasons.unused);
    else
      keepNames(
        edits,
        statement,
        kept.flatMap(({ binding }) => binding.declarations.map((each) => specifierOf(source, each))),
      );
  }
}

/** `{ a, b }` with only the names that are still used, as they are written. */
function keepNames(edits: FileEdits, statement: Node, kept: readonly Node[]): void {
  const { text } = edits.source;
  const [first] = kept;
  if (first === undefined) return;
  const open = text.lastIndexOf('{', first.start);
  const close = text.indexOf('}', first.end);
  if (open < statement.start || close < 0 || close > statement.end) return;
  const names = kept.map(({ start, end }) => text.slice(start, end));
  addSplice(edits, open, `{ ${names.join(', ')} }`, reasons.unused, close + 1);
}

function specifierOf(source: Source, name: Node): Node {
  const parent = parentOf(source, name);
  return parent?.type === 'ImportSpecifier' || parent?.type === 'Property' ? parent : name;
}
