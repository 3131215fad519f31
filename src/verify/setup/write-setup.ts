import { writeInside } from '../../engine/apply/write-inside.ts';
import { schemaFile, setupSchemaText } from './setup-schema.ts';

/** Writes a tracewright.yaml and the schema its first line names; returns what was written. */
export function writeSetup(root: string, text: string): string[] {
  const file = 'tracewright.yaml';
  writeInside(root, schemaFile, setupSchemaText(), 'schema');
  writeInside(root, file, `# yaml-language-server: $schema=${schemaFile}\n${text}`, 'change');
  return [schemaFile, file];
}
