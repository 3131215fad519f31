import { chmodSync, chownSync, existsSync, lstatSync, readdirSync, renameSync, rmSync, type Stats, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { checkWritable } from './check-writable.ts';
import { makeFolders, missingFolders, removeEmptyFolders, replaceDurably, syncFolder, writeDurably } from './durable.ts';
import { HOME, JOURNAL, STAGE } from './home.ts';
import { type Journal, readIfThere, readJournal, rollBack } from './journal.ts';
import { isDeadLock } from './lock.ts';

/** One file's new content; null removes it. `before` is the sha256 it must have now. `mode` matters only for a file that is not there. */
export interface Write {
  readonly file: string;
  readonly before: string | null;
  readonly content: Uint8Array | null;
  readonly mode?: number;
}

/**
 * Writes all files or none.
 *
 *   stage new contents -> journal old contents -> rename one by one -> drop the journal
 *                         ^ from here on a crash is put back by `recover`       ^ committed
 */
export function commitWrites(root: string, writes: readonly Write[], emptied: readonly string[] = []): void {
  for (const { file } of writes) checkWritable(root, file);
  const journal = describeOld(root, writes);
  clearStage(root);
  makeFolders(root, [HOME, STAGE]);
  try {
    for (const [index, write] of writes.entries()) stage(root, index, write);
    syncFolder(join(root, STAGE));
    replaceDurably(join(root, JOURNAL), Buffer.from(`${canonicalJson(journal)}\n`));
    makeFolders(root, journal.folders);
    for (const [index, write] of writes.entries()) put(root, index, write);
    for (const folder of new Set(writes.map(({ file }) => dirname(join(root, file))))) if (existsSync(folder)) syncFolder(folder);
    removeEmptyFolders(root, emptied);
    unlinkSync(join(root, JOURNAL));
    syncFolder(join(root, HOME));
  } catch (cause) {
    recover(root);
    throw new TracewrightError('TW2015', cause instanceof Error ? cause.message.replaceAll(`${root}/`, '') : String(cause), { cause });
  }
  clearStage(root);
}

/** Puts back what an interrupted commit changed; true when there was something. Call it under the lock. */
export function recover(root: string): boolean {
  const journal = readJournal(root);
  if (journal !== undefined) {
    rollBack(root, journal);
    unlinkSync(join(root, JOURNAL));
    syncFolder(join(root, HOME));
  }
  return clearStage(root) || journal !== undefined;
}

/** Whether a commit was interrupted in this repository. */
export function isInterrupted(root: string): boolean {
  return existsSync(join(root, JOURNAL));
}

/** Whether a killed process left anything, or a living one is at work. */
export function hasLeftovers(root: string): boolean {
  return homeNames(root).some((name) => /^(?:journal\.json(?:\.new)?|stage|lock(?:\..*)?)$/.test(name));
}

function describeOld(root: string, writes: readonly Write[]): Journal {
  const files = writes.map(({ file, before, content }) => {
    const old = readIfThere(root, file);
    if ((old === undefined ? null : sha256(old)) !== before) throw new TracewrightError('TW2001', file);
    const mode = statOf(root, file)?.mode;
    return {
      file,
      base64: old?.toString('base64') ?? null,
      mode: mode === undefined ? null : mode & 0o7777,
      after: content && sha256(content),
    };
  });
  const created = writes.filter(({ content }) => content !== null).flatMap(({ file }) => missingFolders(root, file));
  return { format: 1, files, folders: [...new Set(created)].sort() };
}

function stage(root: string, index: number, { file, content, mode }: Write): void {
  if (content === null) return;
  const path = join(root, STAGE, String(index));
  const old = statOf(root, file);
  writeDurably(path, content, 0o644);
  if (old !== undefined) keepOwner(path, old);
  const wanted = old === undefined ? mode : old.mode & 0o7777;
  if (wanted !== undefined) chmodSync(path, wanted);
}

function put(root: string, index: number, { file, content }: Write): void {
  const path = join(root, file);
  if (content !== null) renameSync(join(root, STAGE, String(index)), path);
  else rmSync(path, { force: true });
}

function keepOwner(path: string, old: Stats): void {
  const own = lstatSync(path);
  if (own.uid === old.uid && own.gid === old.gid) return;
  try {
    chownSync(path, old.uid, old.gid);
  } catch {
    // Only root may give files away; the content matters more.
  }
}

/** Removes what dead processes left in `.tracewright/`. */
function clearStage(root: string): boolean {
  const left = homeNames(root).filter((name) => name === 'stage' || name === 'journal.json.new' || isDeadLock(name));
  for (const name of left) rmSync(join(root, HOME, name), { recursive: true, force: true });
  return left.length > 0;
}

/** What lies in our folder; nothing when that is a link, which may lead anywhere. */
function homeNames(root: string): readonly string[] {
  return statOf(root, HOME)?.isDirectory() ? readdirSync(join(root, HOME)) : [];
}

function statOf(root: string, file: string): Stats | undefined {
  return lstatSync(join(root, file), { throwIfNoEntry: false });
}
