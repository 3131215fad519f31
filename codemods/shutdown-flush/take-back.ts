import { bindingsOf, type CallExpression, importsOf, type Node, nodesOf, parentOf, type Source } from '../../src/ast/index.ts';
import type { Repo, Splice } from '../../src/contract/index.ts';
import { insertedReturns } from './inserted-returns.ts';
import { reasons } from './reasons.ts';
import { removeImport } from './remove-import.ts';

const middleware = '@tracewright/middleware/shutdown';

/** What turns the calls of flushAndExit of one file into exits again; a reference that is no call keeps the import. */
export function takeBack(repo: Repo, source: Source): readonly Splice[] {
  const splice = (start: number, end: number, text: string, why: string): Splice => ({
    kind: 'splice',
    file: source.file,
    start,
    end,
    text,
    why,
  });
  const bindings = bindingsOf(source, middleware).filter(({ origin }) => origin.path === 'flushAndExit');
  const references = bindings.flatMap(({ binding }) => binding.references);
  const calls = references.flatMap((reference) => callOf(source, reference) ?? []);
  if (calls.length === 0) return [];
  const name = exitName(source);
  const exits = calls.map(({ callee }) => splice(callee.start, callee.end, name, reasons.exit));
  const returns = insertedReturns(repo, source, calls).map(({ start }) => splice(start, start + 'return '.length, '', reasons.stop));
  const own = importsOf(source).filter(({ specifier }) => specifier === middleware);
  const [only] = own;
  const isUnused =
    calls.length === references.length && own.length === 1 && only?.names.every(({ imported }) => imported === 'flushAndExit');
  const removed = isUnused && only !== undefined ? removeImport(source, middleware, only.statement, [...exits, ...returns]) : undefined;
  const imports = removed === undefined ? [] : [splice(removed.start, removed.end, '', reasons.import)];
  return [...imports, ...returns, ...exits].toSorted((a, b) => a.start - b.start);
}

function callOf(source: Source, reference: Node): CallExpression | undefined {
  const parent = parentOf(source, reference);
  return parent?.type === 'CallExpression' && parent.callee === reference ? parent : undefined;
}

/** What the file calls `process.exit`: an import of it that nothing uses any more is what the calls were made with. */
function exitName(source: Source): string {
  const bindings = bindingsOf(source, 'process');
  const idle = bindings.find(({ origin, binding }) => origin.path === 'exit' && binding.references.length === 0);
  if (idle !== undefined) return idle.binding.name;
  const whole = bindings.find(({ origin, binding }) => origin.path === '' && binding.references.length === 0);
  const isNamed = nodesOf(source).some((node) => node.type === 'Identifier' && node.name === 'process');
  return whole !== undefined && !isNamed ? `${whole.binding.name}.exit` : 'process.exit';
}
