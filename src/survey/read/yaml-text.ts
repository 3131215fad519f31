import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type Scalar, type YAMLMap } from 'yaml';
import type { Reading } from './reading.ts';

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
    const parsed = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
    const documents = Array.isArray(parsed) ? parsed : [];
    const broken = documents.flatMap((each) => each.errors).at(0);
    if (broken !== undefined) {
      reading.report('TW1004', `${file}: ${broken.message.split('\n')[0]}`, { file, line: lines.linePos(broken.pos[0]).line });
      return [];
    }
    return documents.map((document) => ({ file, text, document }));
  });
}

/** The node at a path of keys and indexes; aliases and merge keys (`<<`) are followed. */
export function yamlAt(yaml: YamlText, node: unknown, ...path: readonly (string | number)[]): Node | undefined {
  let at = resolved(yaml, node);
  for (const key of path) {
    if (isMap(at)) at = resolved(yaml, mapValue(yaml, at, key));
    else if (isSeq(at) && typeof key === 'number') at = resolved(yaml, at.get(key, true));
    else return undefined;
  }
  return at;
}

/** A map's own value, or that of the first map it merges which has one. */
function mapValue(yaml: YamlText, map: YAMLMap, key: string | number): unknown {
  if (map.has(key)) return map.get(key, true);
  for (const merged of mergedInto(yaml, map)) {
    const value = mapValue(yaml, merged, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

function mergedInto(yaml: YamlText, map: YAMLMap): readonly YAMLMap[] {
  const stated = map.items.filter(({ key }) => isScalar(key) && key.value === '<<').map(({ value }) => resolved(yaml, value));
  return stated.flatMap((node) => (isSeq(node) ? yamlItems(yaml, node) : [node])).filter((node) => isMap(node));
}

function resolved(yaml: YamlText, node: unknown): Node | undefined {
  if (isAlias(node)) return resolved(yaml, node.resolve(yaml.document));
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
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
  const own = node.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : undefined;
    return name === undefined || name === '<<' ? [] : [{ key: name, value: resolved(yaml, value) }];
  });
  const merged = mergedInto(yaml, node).flatMap((each) => yamlEntries(yaml, each));
  return [...own, ...merged].filter(({ key }, index, all) => all.findIndex((other) => other.key === key) === index);
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
