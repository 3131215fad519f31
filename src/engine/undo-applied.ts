import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Receipt, TracewrightError, type Undone } from '../contract/index.ts';
import { sha256 } from './canonical.ts';
import { checkInside } from './check-writable.ts';
import { HOME, RECEIPT } from './home.ts';
import { readIfThere } from './journal.ts';
import { withLock } from './lock.ts';
import { locksOf, oldLock } from './lock-images.ts';
import { realRoot } from './open-repo.ts';
import { hashOf, oldBytes, readReceipt } from './receipt.ts';
import { commitWrites, isInterrupted, recover, type Write } from './transaction.ts';

/** Restores every byte that apply changed, lock files included, or nothing. */
export function undoApplied(root: string): Undone {
  const base = realRoot(root);
  if (!existsSync(join(base, HOME))) throw new TracewrightError('TW2010', root);
  return withLock(base, () => {
    const interrupted = isInterrupted(base);
    const recovered = recover(base) || interrupted;
    const receipt = readReceipt(base);
    if (receipt !== undefined) return { ...restore(base, receipt), recovered };
    if (!recovered) throw new TracewrightError('TW2010', root);
    return { restored: [], removed: [], recovered, installs: [] };
  });
}

function restore(base: string, receipt: Receipt): Omit<Undone, 'recovered'> {
  for (const path of [...receipt.files.map(({ file }) => file), ...receipt.folders]) checkInside(base, path);
  const edited = receipt.files.filter(({ file, before, after }) => ![before, after].includes(hashOf(base, file))).map(({ file }) => file);
  if (edited.length > 0) throw new TracewrightError('TW2009', edited.join(', '));
  const writes = [...fileWrites(base, receipt), ...lockWrites(base, receipt)];
  commitWrites(base, [...writes, { file: RECEIPT, before: hashOf(base, RECEIPT), content: null }], receipt.folders);
  return {
    restored: writes.filter(({ content }) => content !== null).map(({ file }) => file),
    removed: writes.filter(({ content }) => content === null).map(({ file }) => file),
    installs: receipt.installs ?? [],
  };
}

function fileWrites(base: string, receipt: Receipt): readonly Write[] {
  return receipt.files.flatMap((entry) => {
    const now = readIfThere(base, entry.file);
    const hash = now === undefined ? null : sha256(now);
    if (hash === entry.before) return [];
    const mode = entry.restore.kind === 'content' ? { mode: entry.restore.mode } : {};
    return [{ file: entry.file, before: hash, content: oldBytes(entry, now), ...mode }];
  });
}

function lockWrites(base: string, receipt: Receipt): readonly Write[] {
  const images = new Map(receipt.locks.map((image) => [image.file, image]));
  return locksOf(receipt).flatMap((file) => {
    const now = readIfThere(base, file);
    const before = now === undefined ? null : sha256(now);
    const content = oldLock(base, images.get(file), now);
    return before === (content && sha256(content)) ? [] : [{ file, before, content }];
  });
}
