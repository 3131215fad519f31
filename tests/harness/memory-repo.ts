import { memoryTree } from '../../src/engine/plan/memory-tree.ts';
import type { Tree } from '../../src/engine/plan/tree.ts';

/** A Repo over texts given by path, with the same rules as one on disk. */
export function memoryRepo(files: Readonly<Record<string, string | Uint8Array>>): Tree {
  return memoryTree(files);
}
