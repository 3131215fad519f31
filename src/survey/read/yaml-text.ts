import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type Scalar } from 'yaml';
import type { Reading } from './reading.ts';
import { mergesOf } from './yaml-merges.ts';

/** One document of a YAML file; node ranges are offsets into the file's own text, BOM included. */
export interface YamlText {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
}

/** Documents of a YAML file; a broken file is reported and gives none. */
export function readYaml(reading: Reading, file: string): readonly YamlText[] {
  return reading.once(`yaml ${file}`, () => {
    const text = reading.repo.read(file);
    if (text === undefined) return [];
    const lines = new LineCounter();
    const parsed = parseAllDocuments(file.endsWith('.json') ? withoutJsonComments(text) : text, { lineCounter: lines, logLevel: 'silent' });
    const documents = Array.isArray(parsed) ? parsed : [];
    const broken = documents.flatMap((each) => each.errors).at(0);
    if (broken !== undefined) {
      reading.report('TW1004', `${file}: ${broken.message.split('\n')[0]}`, { file, line: lines.linePos(broken.pos[0]).line });
      return [];
    }
    return documents.map((document) => ({ file, text, document }));
  });
}

/** JSON is YAML, and JSON with comments is once these are blanks. */
function withoutJsonComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|\t/g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, ' '),
  );
}

/** The node at a path of keys and indexes; aliases and merge keys (`<<`) are followed. */
export function yamlAt(yaml: YamlText, node: unknown, ...path: readonly (string | number)[]): Node | undefined {
  let at = resolved(yaml, node);
  for (const key of path) {
    if (isMap(at)) at = resolved(yaml, mergesOf(yaml.document).valuesOf(at).get(key));
    else if (isSeq(at) && typeof key === 'number') at = resolved(yaml, at.get(key, true));
    else return undefined;
  }
  return at;
}

function resolved(yaml: YamlText, node: unknown): Node | undefined {
  return mergesOf(yaml.document).resolved(node);
}

export function yamlString(node: Node | undefined): string | undefined {
  if (!isScalar(node)) return undefined;
  const { value } = node;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Text of a scalar as written: `18.10` stays `18.10`. */
export function yamlSource(node: Node | undefined): string | undefined {
  if (!isScalar(node)) return undefined;
  const { source }: Scalar = node;
  return source ?? yamlString(node);
}

export function yamlEntries(yaml: YamlText, node: Node | undefined): { readonly key: string; readonly value: Node | undefined }[] {
  if (!isMap(node)) return [];
  const entries = new Map<string, unknown>();
  for (const [key, value] of mergesOf(yaml.document).valuesOf(node))
    if (key !== '<<' && !entries.has(String(key))) entries.set(String(key), value);
  return [...entries].map(([key, value]) => ({ key, value: resolved(yaml, value) }));
}

export function yamlItems(yaml: YamlText, node: Node | undefined): Node[] {
  return isSeq(node) ? node.items.flatMap((each) => resolved(yaml, each) ?? []) : [];
}

export function yamlStrings(yaml: YamlText, node: Node | undefined): string[] {
  return yamlItems(yaml, node).flatMap((each) => yamlString(each) ?? []);
}

/** Text of a scalar by key, aliases followed. */
export function yamlStringAt(yaml: YamlText, node: unknown, ...path: readonly (string | number)[]): string | undefined {
  return yamlSource(yamlAt(yaml, node, ...path));
}

/** Offset of the node's first character. */
export function yamlStart(node: Node | undefined): number {
  return node?.range?.[0] ?? 0;
}
