import type { Tree } from '../engine/index.ts';
import { mentions } from '../engine/plan/memory-tree.ts';
import { needlePattern } from '../engine/plan/needles.ts';

/** The same tree with another text for one file, such as one that an earlier transform of a pipeline has changed. */
export function withSource(tree: Tree, file: string, source: string): Tree {
  const bytes = Buffer.from(source, 'utf8');
  return {
    ...tree,
    files: tree.files.includes(file) ? tree.files : [...tree.files, file].sort(),
    bytes: (each) => (each === file ? bytes : tree.bytes(each)),
    read: (each) => (each === file ? source : tree.read(each)),
    mentioning(needles) {
      const others = tree.mentioning(needles).filter((each) => each !== file);
      return mentions(file, bytes.toString('latin1'), needlePattern(needles)) ? [...others, file].sort() : others;
    },
  };
}
