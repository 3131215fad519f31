import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { sha256 } from './canonical.ts';
import { checkInside } from './check-writable.ts';
import { makeFolders, missingFolders, removeEmptyFolders, syncFolder, writeDurably } from './durable.ts';
import { JOURNAL, STAGE } from './home.ts';

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
}

/** The journal of an interrupted commit. */
export function readJournal(root: string): Journal | undefined {
  if (!existsSync(join(root, JOURNAL))) return undefined;
  try {
    const journal: Journal = JSON.parse(readIfThere(root, JOURNAL)?.toString('utf8') ?? 'null');
    if (journal.format === 1 && journal.files.every(isOld) && journal.folders.every((folder) => typeof folder === 'string')) return journal;
  } catch (cause) {
    throw new TracewrightError('TW2016', JOURNAL, { cause });
  }
  throw new TracewrightError('TW2016', JOURNAL);
}

function isOld({ file, base64, mode, after }: Journal['files'][number]): boolean {
  const isTextOrNull = [base64, after].every((value) => value === null || typeof value === 'string');
  return typeof file === 'string' && isTextOrNull && (mode === null || typeof mode === 'number');
}

/** Writes the old state back; refuses when somebody edited a file in between. May be interrupted and done again. */
export function rollBack(root: string, journal: Journal): void {
  for (const path of [...journal.files.map(({ file }) => file), ...journal.folders]) checkInside(root, path);
  const edited = journal.files.filter((old) => !isOldOrNew(root, old)).map(({ file }) => file);
  if (edited.length > 0) throw new TracewrightError('TW2009', edited.join(', '));
  rmSync(join(root, STAGE), { recursive: true, force: true });
  makeFolders(root, [STAGE]);
  for (const { file, base64, mode } of journal.files) {
    if (base64 === null) rmSync(join(root, file), { force: true });
    else restore(root, file, Buffer.from(base64, 'base64'), mode ?? 0o644);
  }
  removeEmptyFolders(root, journal.folders);
}

function isOldOrNew(root: string, { file, base64, after }: Journal['files'][number]): boolean {
  const now = readIfThere(root, file);
  if (now === undefined) return base64 === null || after === null;
  return now.toString('base64') === base64 || sha256(now) === after;
}

function restore(root: string, file: string, content: Buffer, mode: number): void {
  if (readIfThere(root, file)?.equals(content)) return;
  const staged = join(root, STAGE, 'old');
  writeDurably(staged, content, 0o644);
  chmodSync(staged, mode);
  makeFolders(root, missingFolders(root, file));
  renameSync(staged, join(root, file));
  syncFolder(dirname(join(root, file)));
}

/** Bytes of a regular file, or undefined when there is none: reading a pipe or a device might never end. */
export function readIfThere(root: string, file: string): Buffer | undefined {
  const path = join(root, file);
  return isRegular(path) ? readFileSync(path) : undefined;
}

function isRegular(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
