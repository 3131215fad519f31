import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a new file and, unless told otherwise, waits until the disk has it. What lies there is taken away first: it may be a link, or a name of another file. */
export function writeDurably(path: string, content: Uint8Array, mode: number, waits = true): void {
  rmSync(path, { force: true });
  const handle = openSync(path, 'wx', mode);
  try {
    let written = 0;
    while (written < content.length) written += writeSync(handle, content, written);
    if (waits) fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Puts a file in place of another in one step that survives a crash, unless told otherwise of the machine, too. */
export function replaceDurably(path: string, content: Uint8Array, waits = true): void {
  writeDurably(`${path}.new`, content, 0o644, waits);
  renameSync(`${path}.new`, path);
  if (waits) syncFolder(dirname(path));
}

/** Waits until the disk has the names in a folder. Some systems cannot; they order renames themselves. */
export function syncFolder(path: string): void {
  try {
    const handle = openSync(path, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows refuses to open folders.
  }
}

/** Folders above a file that do not exist yet, outermost first. */
export function missingFolders(root: string, file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).filter((folder) => !existsSync(join(root, folder)));
}

/** Makes folders; those that are there stay. */
export function makeFolders(root: string, folders: readonly string[]): void {
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
}

/** Removes folders that are empty, innermost first. */
export function removeEmptyFolders(root: string, folders: readonly string[]): void {
  for (const folder of [...folders].sort().reverse()) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // It holds something that is not ours, or it is gone.
    }
  }
}
