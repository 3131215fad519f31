import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { decodeUtf8 } from '../engine/plan/tree.ts';
import { cannotMerge } from './refuse.ts';

/** The file that a name leads to with every symbolic link followed, repository-relative. Throws TW2007 when it lies outside. */
export function realFile(root: string, file: string): string {
  const parts = file.split('/');
  let path = root;
  for (const [index, part] of parts.entries()) {
    if (!statSync(path).isDirectory()) throw new TracewrightError('TW2008', `${parts.slice(0, index).join('/')} is not a folder`);
    const next = join(path, part);
    if (lstatSync(next, { throwIfNoEntry: false }) === undefined) {
      path = join(path, ...parts.slice(index));
      break;
    }
    path = follow(next, file);
  }
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) throw new TracewrightError('TW2007', file);
  return relative(root, path).replaceAll('\\', '/');
}

function follow(path: string, file: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new TracewrightError('TW2008', `${file} is a link that leads nowhere`, { cause });
  }
}

/** The text of a file; undefined when there is none. Throws what is said of a folder, of what may not be read, and of bytes that are no text. */
export function readText(root: string, file: string): string | undefined {
  const stat = statSync(join(root, file), { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isFile()) throw new TracewrightError('TW2008', `${file} is not a file`);
  const text = decodeUtf8(readBytes(root, file));
  if (text === undefined) throw cannotMerge(file, 1, 'is not UTF-8 text');
  return text;
}

function readBytes(root: string, file: string): Uint8Array {
  try {
    return readFileSync(join(root, file));
  } catch (cause) {
    throw new TracewrightError('TW1074', file, { cause });
  }
}
