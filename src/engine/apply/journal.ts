import { chmodSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { sha256 } from '../plan/canonical.ts';
import { isBase64, isHash, isMode } from './check-receipt.ts';
import { makeFolders, missingFolders, removeEmptyFolders, syncFolder, writeDurably } from './durable.ts';
import { isTracked } from './git-state.ts';
import { AGENTS, JOURNAL, RECEIPT, STAGE } from './home.ts';
import { isOwn, signOwn } from './own-key.ts';
import { pathFault, type Writer } from './path-rule.ts';
import { placeOf } from './place.ts';
import { readIfThere, readStored } from './read-stored.ts';

/** The old state of every file that a commit changes, and the hash of the new one. While it lies in `.tracewright/`, that state is the true one. */
export interface Journal {
  readonly format: 1;
  readonly files: readonly {
    readonly file: string;
    readonly base64: string | null;
    readonly mode: number | null;
    readonly after: string | null;
  }[];
  /** Folders the commit makes, outermost first. */
  readonly folders: readonly string[];
  /** By which the user of this machine knows it again; absent where nothing can be signed. */
  readonly signature?: string;
}

/** A journal in a repository, and whose it is. */
export interface FoundJournal {
  readonly journal: Journal;
  /** `own`: this user of this machine wrote it here. Git tracks it, or nobody knows whose it is: it may be a stranger's. */
  readonly whose: 'own' | 'tracked' | 'unknown';
}

/** The journal of an interrupted commit. Throws TW2016, TW2026 and TW2031 for one that says what no journal says. */
export function readJournal(root: string): FoundJournal | undefined {
  const stored = readStored(root, JOURNAL, isJournal);
  if (stored === undefined) return undefined;
  const { format, signature } = stored;
  const files = stored.files.map(({ file, base64, mode, after }) => ({ file, base64, mode, after }));
  const journal: Journal = { format, files, folders: stored.folders };
  for (const { file } of files) checkNamed(file, writerOf(file));
  for (const folder of journal.folders) checkNamed(folder, 'change');
  if (isTracked(root, JOURNAL)) return { journal, whose: 'tracked' };
  return { journal, whose: isOwn(root, journal, signature) ? 'own' : 'unknown' };
}

function checkNamed(path: string, writer: Writer): void {
  const code = pathFault(path, writer);
  if (code !== undefined) throw new TracewrightError(code, `${path}, which ${JOURNAL} names`);
}

/** What is to be said of a journal that is not put back without a question. */
export function refusalOf({ whose }: FoundJournal): TracewrightError {
  const codes = { own: 'TW2006', tracked: 'TW2027', unknown: 'TW2028' } as const;
  return new TracewrightError(codes[whose], JOURNAL);
}

/** The journal with the name of who wrote it. */
export function signJournal(root: string, journal: Journal): Journal {
  const signature = signOwn(root, journal);
  return signature === undefined ? journal : { ...journal, signature };
}

function isJournal({ files, folders }: Journal): boolean {
  const names = files.map(({ file }) => file);
  const arePaths = [...names, ...folders].every((path) => typeof path === 'string');
  return files.every(isOld) && arePaths && new Set(names).size === names.length;
}

function isOld({ base64, mode, after }: Journal['files'][number]): boolean {
  return (base64 === null || isBase64(base64)) && isHash(after) && (mode === null || isMode(mode));
}

/** Writes the old state back; refuses when somebody edited a file in between. May be interrupted and done again. */
export function rollBack(root: string, journal: Journal): void {
  for (const { file } of journal.files) placeIn(root, file);
  for (const folder of journal.folders) placeOf(root, folder);
  const edited = journal.files.filter((old) => !isOldOrNew(root, old)).map(({ file }) => file);
  if (edited.length > 0) throw new TracewrightError('TW2009', edited.join(', '));
  rmSync(placeOf(root, STAGE, 'engine'), { recursive: true, force: true });
  makeFolders(root, [STAGE]);
  for (const { file, base64, mode } of journal.files) {
    if (base64 === null) rmSync(placeIn(root, file), { force: true });
    else restore(root, file, Buffer.from(base64, 'base64'), mode ?? 0o644);
  }
  removeEmptyFolders(root, journal.folders);
}

/** A file of the repository, or the receipt that a commit writes beside it. */
export function placeIn(root: string, file: string): string {
  return placeOf(root, file, writerOf(file));
}

/** Who writes a file of a commit. */
export function writerOf(file: string): Writer {
  return file === RECEIPT || file === AGENTS ? 'engine' : 'change';
}

function isOldOrNew(root: string, { file, base64, after }: Journal['files'][number]): boolean {
  const now = readIfThere(root, file);
  if (now === undefined) return base64 === null || after === null;
  return now.toString('base64') === base64 || sha256(now) === after;
}

function restore(root: string, file: string, content: Buffer, mode: number): void {
  if (readIfThere(root, file)?.equals(content)) return;
  const staged = placeOf(root, `${STAGE}/old`, 'engine');
  writeDurably(staged, content, 0o644);
  chmodSync(staged, mode & 0o777);
  makeFolders(root, missingFolders(root, file));
  const path = placeIn(root, file);
  renameSync(staged, path);
  syncFolder(dirname(path));
}
