import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';

/** Refuses a path that goes through a link, is no regular file, or may not be written. */
export function checkWritable(root: string, file: string): void {
  checkInside(root, file);
  const parts = file.split('/');
  let folder = root;
  for (const [index] of parts.slice(0, -1).entries()) {
    const name = parts.slice(0, index + 1).join('/');
    const stat = plainStat(root, name);
    if (stat === undefined) break;
    if (!stat.isDirectory()) throw new TracewrightError('TW2008', `${name} is not a folder`);
    folder = join(root, name);
  }
  checkAccess(folder, file, lstatOf(folder));
  const stat = plainStat(root, file);
  if (stat === undefined) return;
  if (!stat.isFile()) throw new TracewrightError('TW2008', `${file} is not a file`);
  checkAccess(join(root, file), file, stat);
}

/** Refuses a path that leads out of the root by itself or through a link: a receipt or a journal may come from a stranger. */
export function checkInside(root: string, file: string): void {
  if (!isPlainPath(file)) throw new TracewrightError('TW2007', file);
  const parts = file.split('/');
  for (const [index] of parts.slice(0, -1).entries()) plainStat(root, parts.slice(0, index + 1).join('/'));
}

/** Whether a path goes down only: not absolute, without `..`. */
export function isPlainPath(file: string): boolean {
  return !/[\\\0]/.test(file) && file.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function plainStat(root: string, name: string): Stats | undefined {
  const stat = lstatOf(join(root, name));
  if (stat?.isSymbolicLink()) throw new TracewrightError('TW2007', name);
  return stat;
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
