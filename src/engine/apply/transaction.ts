import { chmodSync, chownSync, existsSync, lstatSync, readdirSync, renameSync, rmSync, type Stats, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { canonicalJson, sha256 } from '../plan/canonical.ts';
import { makeFolders, missingFolders, removeEmptyFolders, replaceDurably, syncFolder, writeDurably } from './durable.ts';
import { HOME, JOURNAL, STAGE } from './home.ts';
import { type FoundJournal, type Journal, placeIn, readJournal, refusalOf, rollBack, signJournal, writerOf } from './journal.ts';
import { isDeadLock } from './lock.ts';
import { checkWritable, placeOf } from './place.ts';
import { isThere, readIfThere } from './read-stored.ts';

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
  for (const { file } of writes) checkWritable(root, file, writerOf(file));
  const journal = describeOld(root, writes);
  const waits = replaces(writes);
  const sync = waits ? syncFolder : (): void => undefined;
  clearStage(root);
  makeFolders(root, [HOME, STAGE]);
  let placed = 0;
  const made: string[] = [];
  try {
    for (const [index, write] of writes.entries()) stage(root, index, write, waits);
    sync(join(root, STAGE));
    replaceDurably(placeOf(root, JOURNAL, 'engine'), Buffer.from(`${canonicalJson(signJournal(root, journal))}\n`), waits);
    for (const folder of journal.folders) {
      placeOf(root, folder);
      makeFolders(root, [folder]);
      made.push(folder);
    }
    for (const [index, write] of writes.entries()) {
      put(root, index, write);
      placed += 1;
    }
    for (const folder of new Set(writes.map(({ file }) => dirname(join(root, file))))) if (existsSync(folder)) sync(folder);
    removeEmptyFolders(root, emptied);
    unlinkSync(join(root, JOURNAL));
    sync(join(root, HOME));
  } catch (cause) {
    if (isInterrupted(root)) putBack(root, { ...journal, files: journal.files.slice(0, placed), folders: made });
    clearStage(root);
    if (cause instanceof TracewrightError) throw cause;
    throw new TracewrightError('TW2015', cause instanceof Error ? cause.message.replaceAll(`${root}/`, '') : String(cause), { cause });
  }
  clearStage(root);
}

/**
 * Puts back what an interrupted commit changed; true when there was something. Call it under the lock. Without `unknown`, which somebody
 * has to have agreed to, only for a journal of this user's own on this machine: throws TW2028 for another, and TW2027 when git tracks it.
 */
export function recover(root: string, unknown?: Journal): boolean {
  const found = readJournal(root);
  if (found !== undefined) {
    const isAgreed = found.whose === 'unknown' && unknown !== undefined && canonicalJson(unknown) === canonicalJson(found.journal);
    if (found.whose !== 'own' && !isAgreed) throw refusalOf(found);
    putBack(root, found.journal);
  }
  return clearStage(root) || found !== undefined;
}

function putBack(root: string, journal: Journal): void {
  rollBack(root, journal);
  unlinkSync(placeOf(root, JOURNAL, 'engine'));
  syncFolder(join(root, HOME));
}

/** The journal of a commit that was interrupted in this repository. */
export function findJournal(root: string): FoundJournal | undefined {
  return isInterrupted(root) ? readJournal(root) : undefined;
}

/** Whether a commit was interrupted in this repository. */
export function isInterrupted(root: string): boolean {
  return isThere(root, JOURNAL);
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

/** Where nothing was before, a machine that loses its power loses nothing that cannot be written again; nobody waits for the disk. */
function replaces(writes: readonly Write[]): boolean {
  return writes.some(({ before }) => before !== null);
}

function stage(root: string, index: number, { file, content, mode }: Write, waits: boolean): void {
  if (content === null) return;
  const path = placeOf(root, `${STAGE}/${index}`, 'engine');
  const old = statOf(root, file);
  writeDurably(path, content, 0o644, waits);
  if (old !== undefined) keepOwner(path, old);
  // A stored mode may be a stranger's: nothing runs as somebody else by it.
  const wanted = old === undefined ? mode && mode & 0o777 : old.mode & 0o7777;
  if (wanted !== undefined) chmodSync(path, wanted);
}

/** What lay there a moment ago may have been replaced since. */
function put(root: string, index: number, { file, before, content }: Write): void {
  const path = placeIn(root, file);
  const now = readIfThere(root, file);
  if ((now === undefined ? null : sha256(now)) !== before) throw new TracewrightError('TW2001', file);
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
