import type { ReceiptFile } from '../../contract/index.ts';
import { sha256 } from '../plan/canonical.ts';
import { readIfThere } from './read-stored.ts';
import { oldBytes, readTopReceipt } from './receipt.ts';

/** Files whose entry in the receipt was edited: undo would refuse them, and no edit of the file is the reason. */
export function brokenEntries(root: string): readonly string[] {
  const files = readTopReceipt(root)?.files ?? [];
  return files.filter((entry) => isBroken(entry, readIfThere(root, entry.file))).map(({ file }) => file);
}

function isBroken(entry: ReceiptFile, now: Uint8Array | undefined): boolean {
  const { before, after, restore } = entry;
  if (before === null || restore.kind === 'remove') return (before === null) !== (restore.kind === 'remove');
  const isWritten = (now === undefined ? null : sha256(now)) === after;
  if (restore.kind !== 'edits') return !givesOld(entry, now);
  // A file that gives the old one is the one that was written, whatever hash is said of it.
  return now !== undefined && givesOld(entry, now) !== isWritten;
}

function givesOld(entry: ReceiptFile, now: Uint8Array | undefined): boolean {
  try {
    return oldBytes(entry, now) !== null;
  } catch {
    return false;
  }
}
