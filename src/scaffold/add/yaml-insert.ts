import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** Where text goes in a YAML file, so that nothing else of it changes. */
export interface Insert {
  readonly at: number;
  readonly text: string;
}

/** Another item at the end of a list in block style; undefined where there is none. */
export function appendItem(text: string, path: readonly (string | number)[], item: string): Insert | undefined {
  const list = parseDocument(text).getIn(path, true);
  if (!isSeq(list) || list.flow === true || list.items.length === 0 || !list.range) return undefined;
  const first = list.items[0];
  const start = Object(first).range?.[0];
  if (typeof start !== 'number') return undefined;
  const dash = text.lastIndexOf('-', start - 1);
  const indent = text.slice(text.lastIndexOf('\n', dash) + 1, dash);
  if (indent.trim() !== '') return undefined;
  return put(text, list.range[1], `${indent}- ${item.replaceAll('\n', `\n${indent}  `)}`);
}

/** Another key at the end of a map in block style; undefined where there is none, or the key is there. */
export function appendKey(text: string, path: readonly (string | number)[], key: string, value: string): Insert | undefined {
  const map = parseDocument(text).getIn(path, true);
  if (!isMap(map) || map.flow === true || map.has(key) || !map.range) return undefined;
  const [first] = map.items;
  if (!isScalar(first?.key) || !first.key.range) return undefined;
  const begin = first.key.range[0];
  const indent = text.slice(text.lastIndexOf('\n', begin - 1) + 1, begin);
  if (indent.trim() !== '') return undefined;
  return put(text, map.range[1], `${indent}${key}: ${value}`);
}

/** After the last line of what ends here; a comment or an empty line behind it stays behind. */
function put(text: string, end: number, line: string): Insert {
  const before = text.slice(0, end).trimEnd().length;
  const next = text.indexOf('\n', before);
  return next < 0 ? { at: text.length, text: `\n${line}\n` } : { at: next + 1, text: `${line}\n` };
}
