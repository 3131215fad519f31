import { type Receipt, type ReceiptFile, TracewrightError, type Undone } from '../../contract/index.ts';
import { sha256 } from '../plan/canonical.ts';
import { diffChange, type FileDiff } from '../plan/diff-plan.ts';
import { realRoot } from '../plan/open-repo.ts';
import { HOME, RECEIPT } from './home.ts';
import { type Journal, placeIn, refusalOf } from './journal.ts';
import { isReformatted, takenOut } from './layout.ts';
import { withLock } from './lock.ts';
import { isLockFile, locksOf, oldLock } from './lock-images.ts';
import { placeOf } from './place.ts';
import { isThere, readIfThere } from './read-stored.ts';
import { hashOf, oldBytes, readTopReceipt, receiptBytes } from './receipt.ts';
import { commitWrites, findJournal, recover, type Write } from './transaction.ts';

/** What a file becomes when something is put back; null is no file. */
export interface PutBack {
  readonly file: string;
  readonly now: Uint8Array | null;
  readonly next: Uint8Array | null;
}

/** The lines that change when files are put back. */
export function diffPutBack(files: readonly PutBack[]): readonly FileDiff[] {
  return files.map(({ file, now, next }) => diffChange({ file, before: now, after: next, edits: undefined, reasons: [] }));
}

/** What putting an interrupted apply back would write. */
export interface InterruptedPreview {
  readonly journal: Journal;
  /** This user of this machine wrote it. */
  readonly isOwn: boolean;
  readonly files: readonly PutBack[];
}

/** What undoing the receipt would write. */
export interface UndoPreview {
  /** Of the receipt. */
  readonly seal: string;
  readonly files: readonly PutBack[];
}

/** What somebody saw and agreed to. */
export interface UndoConsent {
  /** A journal that nobody can tell the origin of. */
  readonly journal?: Journal;
  /** Of the receipt whose files were listed; another one is refused (TW2001). */
  readonly seal?: string;
}

/** Lists what `undo` would write once nothing is interrupted, and writes nothing; undefined without a receipt. Throws what `undo` would throw. */
export function previewUndo(root: string): UndoPreview | undefined {
  const base = realRoot(root);
  const receipt = readTopReceipt(base);
  if (receipt === undefined) return undefined;
  const writes = [...undoWrites(base, receipt), { file: RECEIPT, content: earlierBytes(receipt) }];
  const files = writes.map(({ file, content }) => ({ file, now: readIfThere(base, file) ?? null, next: content }));
  return { seal: hashOf(base, RECEIPT) ?? '', files };
}

/** Lists what an interrupted apply or undo left to be put back, and writes nothing; undefined when nothing did. Throws TW2027. */
export function previewInterrupted(root: string): InterruptedPreview | undefined {
  const base = realRoot(root);
  const found = findJournal(base);
  if (found === undefined) return undefined;
  if (found.whose === 'tracked') throw refusalOf(found);
  const files = found.journal.files.map(({ file, base64 }): PutBack => {
    placeIn(base, file);
    return { file, now: readIfThere(base, file) ?? null, next: base64 === null ? null : Buffer.from(base64, 'base64') };
  });
  const isSame = ({ now, next }: PutBack): boolean => (now && sha256(now)) === (next && sha256(next));
  return { journal: found.journal, isOwn: found.whose === 'own', files: files.filter((file) => !isSame(file)) };
}

/** Restores every byte that apply changed, lock files included, or nothing. */
export function undoApplied(root: string, consent: UndoConsent = {}): Undone {
  const base = realRoot(root);
  if (!isThere(base, HOME)) throw new TracewrightError('TW2010', root);
  return withLock(base, () => {
    const recovered = recover(base, consent.journal);
    const receipt = readTopReceipt(base);
    if (consent.seal !== undefined && consent.seal !== (hashOf(base, RECEIPT) ?? '')) throw new TracewrightError('TW2001', RECEIPT);
    if (receipt !== undefined) return { ...restore(base, receipt), recovered };
    if (!recovered) throw new TracewrightError('TW2010', root);
    return { restored: [], removed: [], recovered, installs: [] };
  });
}

function restore(base: string, receipt: Receipt): Omit<Undone, 'recovered'> {
  const writes = undoWrites(base, receipt);
  const reformatted = receipt.files.filter((entry) => entry.restore.kind === 'edits' && canTakeOut(base, entry)).map(({ file }) => file);
  commitWrites(base, [...writes, { file: RECEIPT, before: hashOf(base, RECEIPT), content: earlierBytes(receipt) }], receipt.folders);
  return {
    restored: writes.filter(({ content }) => content !== null).map(({ file }) => file),
    removed: writes.filter(({ content }) => content === null).map(({ file }) => file),
    ...(reformatted.length > 0 && { reformatted }),
    installs: receipt.installs ?? [],
    ...(receipt.earlier !== undefined && { earlier: true as const }),
  };
}

/** The receipt of the migration before an upgrade, which undo leaves for the next time. */
function earlierBytes({ earlier }: Receipt): Uint8Array | null {
  return earlier === undefined ? null : receiptBytes(earlier);
}

/** All of what undo writes, from a receipt whose every file is as it says. */
function undoWrites(base: string, receipt: Receipt): readonly Write[] {
  for (const path of [...receipt.files.map(({ file }) => file), ...receipt.folders, ...locksOf(receipt)]) placeOf(base, path);
  const now = receipt.files.map((entry) => ({ ...entry, hash: hashOf(base, entry.file) }));
  // An install writes the lock file again, whoever made it.
  const isLock = ({ file, before }: ReceiptFile): boolean => before === null && isLockFile(file);
  const edited = now.filter(
    (entry) => entry.hash !== entry.before && entry.hash !== entry.after && !isLock(entry) && !canTakeOut(base, entry),
  );
  if (edited.length > 0 && edited.length === now.length && edited.some(({ hash }) => hash === null))
    throw new TracewrightError(
      'TW2032',
      `none of its files is here as it says (${edited
        .map(({ file }) => file)
        .slice(0, 5)
        .join(', ')})`,
    );
  if (edited.length > 0) throw new TracewrightError('TW2009', edited.map(({ file }) => file).join(', '));
  return [...fileWrites(base, receipt), ...lockWrites(base, receipt)];
}

function fileWrites(base: string, receipt: Receipt): readonly Write[] {
  return receipt.files.flatMap((entry) => {
    const now = readIfThere(base, entry.file);
    const hash = now === undefined ? null : sha256(now);
    if (hash === entry.before) return [];
    const mode = 'mode' in entry.restore ? { mode: entry.restore.mode } : {};
    const content = hash === entry.after || now === undefined ? oldBytes(entry, now) : withoutOurs(entry, now);
    return [{ file: entry.file, before: hash, content, ...mode }];
  });
}

/** What a formatter changed after apply, and from which what apply wrote can be taken out all the same. */
function canTakeOut(base: string, entry: ReceiptFile): boolean {
  const now = readIfThere(base, entry.file);
  if (now === undefined || !isReformatted(entry, now)) return false;
  return entry.restore.kind !== 'edits' || takenOut(entry, now) !== undefined;
}

/** A file that apply made, or whose old bytes the receipt holds whole, has them again whatever its layout. */
function withoutOurs(entry: ReceiptFile, now: Uint8Array): Uint8Array | null {
  return entry.restore.kind === 'edits' ? (takenOut(entry, now) ?? oldBytes(entry, now)) : oldBytes(entry, now);
}

function lockWrites(base: string, receipt: Receipt): readonly Write[] {
  const images = new Map(receipt.locks.map((image) => [image.file, image]));
  const made = new Set(receipt.files.map(({ file }) => file));
  const locks = locksOf(receipt).filter((file) => !made.has(file));
  return locks.flatMap((file) => {
    const now = readIfThere(base, file);
    const before = now === undefined ? null : sha256(now);
    const content = oldLock(base, images.get(file), now);
    return before === (content && sha256(content)) ? [] : [{ file, before, content }];
  });
}
