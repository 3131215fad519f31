import { createHash, randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';

/**
 * The folder that remembers what goes on in the background for one repository. It lies outside the repository, in a folder that only
 * this user may enter: what a hostile repository ships must never be taken for the result of a run.
 */
export function openPlace(root: string): string {
  const base = join(tmpdir(), `tracewright-${userInfo().uid}`);
  try {
    mkdirSync(base, { mode: 0o700, recursive: true });
    const stat = lstatSync(base);
    if (!stat.isDirectory() || (process.platform !== 'win32' && (stat.uid !== userInfo().uid || (stat.mode & 0o077) !== 0)))
      throw new Error('somebody else may write there');
    const place = join(base, createHash('sha256').update(root).digest('hex').slice(0, 32));
    mkdirSync(place, { mode: 0o700, recursive: true });
    return place;
  } catch (cause) {
    throw new TracewrightError('TW1074', 'the temporary folder', { cause });
  }
}

/** Writes a file that readers see wholly or not at all. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}

/** The value in a JSON file; undefined when there is none. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

export function removeFile(file: string): void {
  rmSync(file, { force: true });
}
