import { insertAfter, insertFirst, type ModuleImport, type Node, type Source } from '../../src/ast/index.ts';
import type { Splice } from '../../src/contract/index.ts';
import { sortedPlace } from './import-order.ts';
import { freeName, importEqualsLine, importedName, importLines, inlineName, namespaceName } from './middleware-import.ts';

/** Statements and imports that go after the same statement become one edit, so they keep their order. */
interface Lines {
  readonly names: Set<string>;
  readonly statements: string[];
  like: ModuleImport | undefined;
  why: string;
}

/** Edits of one file that call functions of one of our modules. */
export interface FileEdits {
  readonly source: Source;
  readonly module: string;
  readonly whyImport: string;
  /** Modules are loaded as `import x = require()`, and their functions are members of x. */
  readonly importEquals: boolean;
  readonly after: Map<Node | undefined, Lines>;
  readonly splices: Splice[];
}

export function editFile(source: Source, module: string, whyImport: string, importEquals = false): FileEdits {
  return { source, module, whyImport, importEquals, after: new Map(), splices: [] };
}

export function addSplice({ source, splices }: FileEdits, offset: number, text: string, why: string, end: number = offset): void {
  splices.push({ kind: 'splice', file: source.file, start: offset, end, text, why });
}

/** A new statement right after another one. */
export function addStatement(edits: FileEdits, after: Node, statement: string, why: string): void {
  const lines = linesAfter(edits, after);
  lines.statements.push(statement);
  lines.why = why;
}

/** How code can call our function `name`: as the file already does, or by a new import after `like` (first in the file without one). */
export function importName(
  edits: FileEdits,
  name: string,
  like: ModuleImport | undefined,
  after: Node | undefined = like?.statement,
): string {
  const known = importedName(edits.source, edits.module, name);
  if (known !== undefined) return known;
  const lines = linesAfter(edits, after);
  lines.names.add(name);
  lines.like = like;
  return edits.importEquals ? `${namespaceName(edits.source)}.${name}` : freeName(edits.source, name);
}

/** The same, for code in the very statement that an import would have to follow. */
export function nameInPlace(edits: FileEdits, name: string): string {
  return importedName(edits.source, edits.module, name) ?? inlineName(edits.source, edits.module, name);
}

function linesAfter({ after, whyImport }: FileEdits, statement: Node | undefined): Lines {
  const lines = after.get(statement) ?? { names: new Set(), statements: [], like: undefined, why: whyImport };
  after.set(statement, lines);
  return lines;
}

function linesFor(
  { source, module, importEquals }: FileEdits,
  names: readonly string[],
  like: ModuleImport | undefined,
): readonly string[] {
  return importEquals ? [importEqualsLine(source, module)] : importLines(source, module, names, like);
}

/** Everything that was asked for, in source order. */
export function finishFile(edits: FileEdits): readonly Splice[] {
  const { source, module } = edits;
  for (const [statement, { names, statements, like, why }] of edits.after) {
    const imports = names.size > 0 ? linesFor(edits, [...names], like) : [];
    const sorted =
      like?.kind === 'import' && like.statement === statement && statements.length === 0
        ? sortedPlace(source, module, statement)
        : undefined;
    if (sorted?.side === 'before') {
      addSplice(edits, sorted.statement.start, `${imports.join('\n')}\n`, why);
      continue;
    }
    const { offset, text } =
      statement === undefined
        ? insertFirst(source, imports.join('\n'))
        : insertAfter(source, sorted?.statement ?? statement, [...imports, ...statements]);
    addSplice(edits, offset, text, why);
  }
  return edits.splices.toSorted((a, b) => a.start - b.start);
}
