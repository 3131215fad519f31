import { createHash, randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['.tracewright', '.tracewright/cache'];

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
  const file = `.tracewright/cache/plan-${planHash.slice(0, 16)}.diff`;
  try {
    for (const folder of FOLDERS) makeFolder(join(root, folder));
    const cache = join(root, '.tracewright/cache');
    writeWhole(join(cache, '.gitignore'), '*\n');
    writeWhole(join(root, file), patch);
    const others = readdirSync(cache).filter((name) => /^plan-[0-9a-f]{16}\.diff$/.test(name) && !file.endsWith(name));
    for (const name of others) rmSync(join(cache, name), { force: true });
    return { file, ...facts };
  } catch {
    return facts;
  }
}

/** Removes what `saveDiff` wrote, and the folders it made. */
export function forgetDiffs(root: string): void {
  const [home = '', cache = ''] = FOLDERS.map((folder) => join(root, folder));
  if (!isFolder(home) || !isFolder(cache)) return;
  rmSync(cache, { recursive: true, force: true });
  if (readdirSync(home).length === 0) rmdirSync(home);
}

function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  if (!isFolder(path)) throw new Error(`${path} is no folder of the repository`);
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The new name replaces a link instead of writing through it. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, text, { flag: 'wx' });
  renameSync(draft, path);
}
