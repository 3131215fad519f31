import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeEmptyFolders } from '../engine/apply/durable.ts';
import { removeInside, writeInside } from '../engine/apply/write-inside.ts';

const HOME = '.tracewright';
const CACHE = '.tracewright/cache';

/** Where the whole diff lies, and what it must hold. */
export interface SavedDiff {
  /** Undefined where nothing can be written; `detail: "diff"` shows it all the same. */
  readonly file?: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Puts a diff beside the receipt, in a folder that git ignores by itself. A link is never followed. */
export function saveDiff(root: string, planHash: string, patch: string): SavedDiff {
  const facts = { bytes: Buffer.byteLength(patch), sha256: createHash('sha256').update(patch).digest('hex') };
  const file = `${CACHE}/plan-${planHash.slice(0, 16)}.diff`;
  try {
    writeInside(root, `${CACHE}/.gitignore`, '*\n', 'cache');
    writeInside(root, file, patch, 'cache');
    const others = readdirSync(join(root, CACHE)).filter((name) => /^plan-[0-9a-f]{16}\.diff$/.test(name) && !file.endsWith(name));
    for (const name of others) removeInside(root, `${CACHE}/${name}`, 'cache');
    return { file, ...facts };
  } catch {
    return facts;
  }
}

/** Removes what `saveDiff` wrote, and the folders it made. */
export function forgetDiffs(root: string): void {
  if (![HOME, CACHE].every((folder) => isFolder(join(root, folder)))) return;
  removeInside(root, CACHE, 'cache');
  removeEmptyFolders(root, [HOME]);
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
