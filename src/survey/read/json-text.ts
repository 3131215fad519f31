import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { lineAt } from './reading.ts';

/** A JSON file as a tree whose offsets refer to the file's own text, BOM included. */
export interface JsonText {
  readonly text: string;
  readonly root: Node | undefined;
  readonly error?: { readonly message: string; readonly line: number };
}

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
const relaxed = { disallowComments: false, allowTrailingComma: true, allowEmptyContent: true };

export function parseJson(text: string, mode: 'strict' | 'relaxed' = 'strict'): JsonText {
  const errors: ParseError[] = [];
  // A space of the same width keeps every offset.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, mode === 'strict' ? strict : relaxed);
  const [first] = errors;
  if (first === undefined) return { text, root };
  return { text, root, error: { message: printParseErrorCode(first.error), line: lineAt(text, first.offset) } };
}

/** The value of a property, by its last occurrence as JSON.parse does. */
export function property(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.findLast((each) => each.children?.[0]?.value === name)?.children?.[1];
}

export function propertyAt(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((at, name) => property(at, name), node);
}

/** Keys and values of an object. */
export function members(node: Node | undefined): { readonly key: string; readonly keyNode: Node; readonly value: Node }[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((each) => {
    const [keyNode, value] = each.children ?? [];
    return keyNode && value ? [{ key: String(keyNode.value), keyNode, value }] : [];
  });
}

function elements(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

export function stringValue(node: Node | undefined): string | undefined {
  return node?.type === 'string' ? String(node.value) : undefined;
}

/** A string, or the strings of an array. */
export function stringList(node: Node | undefined): string[] {
  const one = stringValue(node);
  if (one !== undefined) return [one];
  return elements(node).flatMap((each) => stringValue(each) ?? []);
}
