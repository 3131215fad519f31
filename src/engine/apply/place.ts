import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { pathFault, type Writer } from './path-rule.ts';

/**
 * Where a file lies that `writer` may write. Everything that writes into a repository asks this first, and right before it writes: what
 * names the file may be a stranger's, and so may what lies there. Throws TW2007 for a path that leads out by itself or through a link,
 * TW2026 for one that is not for this writer, TW2008 where a file stands in the way of a folder.
 */
export function placeOf(root: string, file: string, writer: Writer = 'change'): string {
  const code = pathFault(file, writer);
  if (code !== undefined) throw new TracewrightError(code, file);
  const parts = file.split('/');
  for (const [index] of parts.slice(0, -1).entries()) {
    const name = parts.slice(0, index + 1).join('/');
    const stat = plainStat(root, name);
    if (stat === undefined) break;
    if (!stat.isDirectory()) throw new TracewrightError('TW2008', `${name} is not a folder`);
    if (isGitFolder(join(root, name))) throw new TracewrightError('TW2026', file);
  }
  plainStat(root, file);
  return join(root, file);
}

/** A folder of the repository that something is run in; '' and '.' are its root. Throws as `placeOf` does. */
export function folderIn(root: string, folder: string): string {
  return folder === '' || folder === '.' ? root : placeOf(root, folder);
}

/** Where a file lies that somebody named on the command line. That is consent to this path, not to where a link of the repository leads: throws TW2007. */
export function chosenPlace(root: string, file: string): string {
  const path = resolve(file);
  const base = resolve(root);
  const parts = relative(base, path).split(sep);
  if (parts[0] !== '..' && !isAbsolute(parts[0] ?? ''))
    for (const [index] of parts.entries()) plainStat(base, join(...parts.slice(0, index + 1)));
  return path;
}

/** Refuses a place that may not be written, or that is no regular file. Throws as `placeOf` does, and TW2008. */
export function checkWritable(root: string, file: string, writer: Writer = 'change'): void {
  const path = placeOf(root, file, writer);
  const parts = file.split('/');
  const folders = parts.slice(0, -1).map((_, index) => join(root, ...parts.slice(0, index + 1)));
  const folder = folders.findLast((name) => lstatOf(name) !== undefined) ?? root;
  checkAccess(folder, file, lstatOf(folder));
  const stat = lstatOf(path);
  if (stat === undefined) return;
  if (!stat.isFile()) throw new TracewrightError('TW2008', `${file} is not a file`);
  checkAccess(path, file, stat);
}

function plainStat(root: string, name: string): Stats | undefined {
  const stat = lstatOf(join(root, name));
  if (stat?.isSymbolicLink()) throw new TracewrightError('TW2007', name);
  return stat;
}

/** Git keeps its own files under any name: of a bare repository, or where a `.git` file leads. */
function isGitFolder(path: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => lstatOf(join(path, name)) !== undefined);
}

/** Root may write everything; a file without any write bit is still meant to stay as it is. */
function checkAccess(path: string, file: string, stat: Stats | undefined): void {
  if (stat !== undefined && (stat.mode & 0o222) === 0) throw new TracewrightError('TW2008', file);
  try {
    accessSync(path, constants.W_OK);
  } catch (cause) {
    throw new TracewrightError('TW2008', file, { cause });
  }
}

function lstatOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
