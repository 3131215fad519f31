import { createHash } from 'node:crypto';
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules', 'cache']);

/** Changes when a file of the repository was written since; contents are not read. */
export function stampTree(root: string): string {
  const hash = createHash('sha256');
  walk(root, (path, entry) => {
    if (!entry.isFile()) return true;
    const { size, mtimeMs } = lstatSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
    return true;
  });
  return hash.digest('hex');
}

/** Whether a folder holds more files than a call can read in its time. */
export function isLarge(root: string, limit: number): boolean {
  let left = limit;
  walk(root, (_path, entry) => !entry.isFile() || --left >= 0);
  return left < 0;
}

/** Visits files and folders, each folder sorted, until the visitor says no. */
function walk(root: string, visit: (path: string, entry: Dirent) => boolean): void {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readFolder(join(root, folder))) {
      const path = `${folder}${entry.name}`;
      if (NEVER.has(entry.name)) continue;
      if (!visit(path, entry)) return;
      if (entry.isDirectory()) folders.push(`${path}/`);
    }
  }
}

function readFolder(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
