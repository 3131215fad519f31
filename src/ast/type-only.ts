import type { Node } from './node.ts';

/** TypeScript and Flow nodes that exist at run time or hold run-time expressions; all others are types. */
const runtime = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSExternalModuleReference',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
  'TSAbstractMethodDefinition',
  'TSAbstractPropertyDefinition',
  'TypeCastExpression',
]);

const flowTypes = /^(Type(?!CastExpression)|OpaqueType|Interface|Declare|ObjectTypeAnnotation|.*TypeAnnotation$)/;

/** True for a node that disappears when types are stripped. */
export function isTypeOnly(node: Node): boolean {
  const type: string = node.type;
  if (type.startsWith('TS')) return !runtime.has(type);
  return flowTypes.test(type);
}
