import type { Receipt, ReceiptFile } from '../../contract/index.ts';
import { isReformatted, takenOut } from '../apply/layout.ts';
import { oldBytes } from '../apply/receipt.ts';
import { byCodeUnit, sha256 } from './canonical.ts';
import { mentions } from './memory-tree.ts';
import { needlePattern } from './needles.ts';
import { decodeUtf8, type Tree } from './tree.ts';

/** A tree as it would be without its migration, and the files of the migration of which that cannot be said. */
export function treeBefore(tree: Tree, receipt: Receipt): { readonly tree: Tree; readonly unknown: readonly string[] } {
  const old = new Map<string, Uint8Array | null>();
  const unknown: string[] = [];
  for (const entry of receipt.files) {
    const before = beforeOf(tree, entry);
    if (before === undefined) unknown.push(entry.file);
    else old.set(entry.file, before);
  }
  const files = [...new Set([...tree.files, ...old.keys()])].filter((file) => old.get(file) !== null).sort(byCodeUnit);
  const bytes = (file: string): Uint8Array | undefined => (old.has(file) ? (old.get(file) ?? undefined) : tree.bytes(file));
  const text = (file: string): string | undefined => {
    const content = old.get(file);
    return content ? decodeUtf8(content) : undefined;
  };
  return {
    unknown,
    tree: {
      ...tree,
      files,
      bytes,
      read: (file) => (old.has(file) ? text(file) : tree.read(file)),
      mentioning: (needles) => {
        const pattern = needlePattern(needles);
        const others = tree.mentioning(needles).filter((file) => !old.has(file));
        const own = [...old.keys()].filter((file) => mentions(file, text(file) ?? '', pattern));
        return [...others, ...own].sort(byCodeUnit);
      },
    },
  };
}

/** A file that two migrations changed has its way back in two receipts: it counts as one that was edited. */
function beforeOf(tree: Tree, entry: ReceiptFile): Uint8Array | null | undefined {
  const now = tree.bytes(entry.file);
  if (now !== undefined && isReformatted(entry, now)) return entry.restore.kind === 'edits' ? takenOut(entry, now) : oldBytes(entry, now);
  if ((now === undefined ? null : sha256(now)) !== entry.after) return undefined;
  try {
    return oldBytes(entry, now);
  } catch {
    return undefined;
  }
}
