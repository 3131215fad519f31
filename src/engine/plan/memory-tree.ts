import type { Problem } from '../../contract/index.ts';
import { byCodeUnit } from './canonical.ts';
import { needlePattern } from './needles.ts';
import { isMinified, isScript, sourceKind } from './source-file.ts';
import { decodeUtf8, notUtf8, type Tree } from './tree.ts';

/** A tree that exists only in memory: for tests, and for one file inside another program's pipeline. */
export function memoryTree(contents: Readonly<Record<string, string | Uint8Array>>): Tree {
  const bytes = new Map(
    Object.entries(contents)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([file, content]) => [file, typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content)]),
  );
  const problems = new Map<string, Problem>();
  return {
    files: [...bytes.keys()],
    bytes: (file) => bytes.get(file),
    ignoredBy: () => undefined,
    outward: [],
    problems: () => [...problems.values()],
    read(file) {
      const content = bytes.get(file);
      if (content === undefined) return undefined;
      const text = decodeUtf8(content);
      if (text === undefined) problems.set(file, notUtf8(file));
      return text;
    },
    mentioning(needles) {
      const pattern = needlePattern(needles);
      return [...bytes].filter(([file, content]) => mentions(file, content.toString('utf8'), pattern)).map(([file]) => file);
    },
  };
}

/** Whether a file is source text that a person wrote and matches. */
export function mentions(file: string, content: string, pattern: RegExp): boolean {
  const kind = sourceKind(file);
  if (kind === 'other' || !pattern.test(content)) return false;
  return (kind === 'source' || isScript(file, content)) && !isMinified(content);
}
