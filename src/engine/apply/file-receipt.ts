import type { ReceiptFile } from '../../contract/index.ts';
import { sha256 } from '../plan/canonical.ts';
import { decodeUtf8 } from '../plan/tree.ts';
import { areFiles, areTexts, checkNamed } from './check-receipt.ts';
import { missingFolders } from './durable.ts';
import { withLock } from './lock.ts';
import { readIfThere, readStored } from './read-stored.ts';
import { hashOf, mergeChange, oldBytes } from './receipt.ts';
import { commitWrites, recover, type Write } from './transaction.ts';

/** Files that a command other than apply wrote, and how each gets its old bytes back. Lies beside the receipt of apply, and is undone on its own. */
export interface FileReceipt {
  readonly format: 1;
  readonly files: readonly ReceiptFile[];
  /** Folders that were made, outermost first. */
  readonly folders: readonly string[];
}

/** A file's new text. `before` is the text it was made from, undefined when there was no file. */
export interface NewText {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** For a file that is not there yet. */
  readonly mode?: number;
}

/** The receipt of that name; undefined when there is none. Throws TW2016, TW2031, and the code of a path that no receipt of ours names. */
export function readFileReceipt(root: string, name: string): FileReceipt | undefined {
  const receipt = readStored(root, name, ({ files, folders }: FileReceipt) => areFiles(files) && areTexts(folders));
  if (receipt !== undefined) checkNamed([...receipt.files.map(({ file }) => file), ...receipt.folders], name);
  return receipt;
}

/** Files of a receipt that still are as they were written. */
export function untouchedSince(root: string, receipt: FileReceipt | undefined): readonly string[] {
  return (receipt?.files ?? []).filter(({ file, after }) => hashOf(root, file) === after).map(({ file }) => file);
}

/** Writes all of these texts and the receipt that gives the old ones back, or nothing. */
export function writeTexts(root: string, name: string, texts: readonly NewText[]): void {
  withLock(root, () => {
    recover(root);
    const earlier = readFileReceipt(root, name);
    const files = new Map(earlier?.files.map((file) => [file.file, file]));
    for (const text of texts) {
      const entry = mergeChange(root, toChange(text), files.get(text.file));
      if (entry.before === entry.after) files.delete(text.file);
      else files.set(text.file, entry);
    }
    const folders = texts.flatMap(({ file }) => missingFolders(root, file));
    const receipt: FileReceipt = {
      format: 1,
      files: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
      folders: [...new Set([...(earlier?.folders ?? []), ...folders])].sort(),
    };
    const own = Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`);
    commitWrites(root, [...texts.map(toWrite), { file: name, before: hashOf(root, name), content: own }]);
  });
}

/** What a file is without what was written into it; the same text when that cannot be told apart, undefined when nothing is left. */
export type TakeOut = (file: string, text: string) => string | undefined;

/**
 * Gives every file of the receipt its old bytes back; of one that was edited since, `takeOut` says what is left. Without a receipt
 * it says so of all `files`. Answers the files that changed by it.
 */
export function restoreTexts(root: string, name: string, files: readonly string[], takeOut: TakeOut): readonly NewText[] {
  return withLock(root, () => {
    recover(root);
    const receipt = readFileReceipt(root, name);
    const texts = textsToRestore(root, name, files, takeOut);
    const own: Write[] = receipt === undefined ? [] : [{ file: name, before: hashOf(root, name), content: null }];
    if (texts.length + own.length > 0) commitWrites(root, [...texts.map(toWrite), ...own], receipt?.folders);
    return texts;
  });
}

/** What `restoreTexts` would write. */
export function textsToRestore(root: string, name: string, files: readonly string[], takeOut: TakeOut): readonly NewText[] {
  const receipt = readFileReceipt(root, name);
  const texts = receipt?.files.flatMap((entry) => oldText(root, entry, takeOut));
  return texts ?? files.flatMap((file) => textWithout(root, file, takeOut));
}

function oldText(root: string, entry: ReceiptFile, takeOut: TakeOut): readonly NewText[] {
  const now = readIfThere(root, entry.file);
  if (now === undefined || sha256(now) === entry.before) return [];
  if (sha256(now) !== entry.after) return textWithout(root, entry.file, takeOut);
  const old = oldBytes(entry, now);
  return [{ file: entry.file, before: now.toString('utf8'), after: old === null ? undefined : Buffer.from(old).toString('utf8') }];
}

function textWithout(root: string, file: string, takeOut: TakeOut): readonly NewText[] {
  const now = readIfThere(root, file);
  const before = now && decodeUtf8(now);
  if (before === undefined) return [];
  const after = takeOut(file, before);
  return after === before ? [] : [{ file, before, after }];
}

function toWrite({ file, before, after, mode }: NewText): Write {
  const content = after === undefined ? null : Buffer.from(after, 'utf8');
  return { file, before: before === undefined ? null : sha256(before), content, ...(mode === undefined ? {} : { mode }) };
}

/** The one stretch that differs: the inverse then holds no more of the old text than has to come back. */
function toChange({ file, before, after }: NewText): Parameters<typeof mergeChange>[1] {
  const bytes = (text: string | undefined): Uint8Array | null => (text === undefined ? null : Buffer.from(text, 'utf8'));
  const change = { file, before: bytes(before), after: bytes(after), reasons: [] };
  if (before === undefined || after === undefined) return { ...change, edits: undefined };
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { ...change, edits: [{ start, end: before.length - same, text: after.slice(start, after.length - same) }] };
}
