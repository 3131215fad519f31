import { canonicalJson, sha256 } from './canonical.ts';
import type { Tree } from './tree.ts';

/** No path can be this one: it stands for "which source files mention what was looked for". */
const SOURCES = '/sources';

/** A tree that notes what is asked of it. */
export interface RecordedTree extends Tree {
  /** Everything looked at -> sha256, or null for "is not there", in path order. */
  inputs(): Readonly<Record<string, string | null>>;
  /** Whether a file was looked at. */
  hasSeen(file: string): boolean;
  /** Files whose text was given out. */
  read(file: string): string | undefined;
}

/** Wraps a tree so that a plan can say exactly what it depends on. */
export function recordReads(tree: Tree): RecordedTree {
  const seen = new Set<string>();
  const sources = new Set<string>();
  const look = <T>(file: string, answer: T): T => {
    seen.add(file);
    return answer;
  };
  return {
    files: tree.files,
    bytes: (file) => look(file, tree.bytes(file)),
    read: (file) => look(file, tree.read(file)),
    ignoredBy: (file, texts) => tree.ignoredBy(file, texts),
    outward: tree.outward,
    problems: () => tree.problems(),
    mentioning(needles) {
      const found = tree.mentioning(needles);
      for (const file of found) sources.add(file);
      return found;
    },
    hasSeen: (file) => seen.has(file),
    inputs: () =>
      Object.fromEntries([
        [SOURCES, sha256(canonicalJson([...sources].sort()))],
        ...[...seen].sort().map((file) => [file, fingerprint(tree, file)]),
      ]),
  };
}

function fingerprint(tree: Tree, file: string): string | null {
  const bytes = tree.bytes(file);
  return bytes === undefined ? null : sha256(bytes);
}
