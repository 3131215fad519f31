import type { Node, Source } from './node.ts';

/** One name that a module exports with the syntax of ES modules. */
export interface NamedExport {
  /** `declaration`: the node is what is exported; `value`: it is an expression that is; with `from`, it is the name in that module. */
  readonly kind: 'declaration' | 'value';
  readonly node: Node;
  readonly from?: string;
}

export interface ModuleExports {
  readonly named: ReadonlyMap<string, readonly NamedExport[]>;
  /** Modules of `export * from`. */
  readonly stars: readonly string[];
}

const found = new WeakMap<Source, ModuleExports>();

/** What a module exports, by name and in source order; `default` is also `export =`. */
export function exportsOf(source: Source): ModuleExports {
  let known = found.get(source);
  if (known === undefined) {
    known = findExports(source);
    found.set(source, known);
  }
  return known;
}

function findExports(source: Source): ModuleExports {
  const named = new Map<string, NamedExport[]>();
  const stars: string[] = [];
  const add = (name: string, one: NamedExport): void => {
    const known = named.get(name);
    if (known === undefined) named.set(name, [one]);
    else known.push(one);
  };
  for (const node of source.program.body) {
    if (node.type === 'ExportAllDeclaration' && node.exported === null) stars.push(node.source.value);
    else if (node.type === 'ExportDefaultDeclaration') add('default', { kind: 'value', node: node.declaration });
    else if (node.type === 'TSExportAssignment') add('default', { kind: 'value', node: node.expression });
    else if (node.type === 'ExportNamedDeclaration') addNamed(node, add);
  }
  return { named, stars };
}

function addNamed(node: Extract<Node, { type: 'ExportNamedDeclaration' }>, add: (name: string, one: NamedExport) => void): void {
  const { declaration, specifiers } = node;
  if (declaration?.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) if (id.type === 'Identifier') add(id.name, { kind: 'value', node: id });
    return;
  }
  // `export import a = b.c` is only another name.
  if (declaration?.type === 'TSImportEqualsDeclaration') return;
  if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier')
    add(declaration.id.name, { kind: 'declaration', node: declaration });
  const from = node.source ? { from: node.source.value } : {};
  for (const { exported, local } of specifiers) add(nameOf(exported), { kind: 'value', node: local, ...from });
}

/** A name in braces: an identifier or a string. */
export function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : '';
}
