import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { TracewrightError } from '../contract/index.ts';

/** A repository that the server may touch. */
export interface Root {
  /** Absolute, every link followed. */
  readonly path: string;
  /** How calls name it: never an absolute path where a relative one will do. */
  readonly name: string;
}

/** The folders that a server is confined to, every link followed. Throws TW1001. */
export function allowedRoots(folders: readonly string[]): readonly string[] {
  return folders.map((folder) => {
    const path = realFolder(resolve(folder));
    if (path === undefined) throw new TracewrightError('TW1001', folder);
    return path;
  });
}

/** The folder that a call names, if it lies below an allowed one. Throws TW1090, or TW1001 for one that is not there. */
export function confineRoot(given: string, allowed: readonly string[]): Root {
  const [base = ''] = allowed;
  if (given.includes('\0') || given.split(/[\\/]/).includes('..')) throw new TracewrightError('TW1090', JSON.stringify(given));
  const wanted = resolve(base, given);
  const path = realFolder(wanted);
  if (path === undefined) throw new TracewrightError(allowed.some((root) => isBelow(root, wanted)) ? 'TW1001' : 'TW1090', given);
  if (!allowed.some((root) => isBelow(root, path))) throw new TracewrightError('TW1090', given);
  return { path, name: isBelow(base, path) ? relative(base, path).replaceAll(sep, '/') || '.' : given };
}

/** The place of a new service: its folder may be missing, those above it too. Throws TW1090. */
export function confinePlace(given: string, allowed: readonly string[]): Root {
  const [base = ''] = allowed;
  if (given.includes('\0') || given.split(/[\\/]/).includes('..')) throw new TracewrightError('TW1090', JSON.stringify(given));
  let above = resolve(base, given);
  const below: string[] = [];
  while (realFolder(above) === undefined && above !== dirname(above)) {
    below.unshift(basename(above));
    above = dirname(above);
  }
  const path = join(realFolder(above) ?? above, ...below);
  if (!allowed.some((root) => isBelow(root, path))) throw new TracewrightError('TW1090', given);
  return { path, name: isBelow(base, path) ? relative(base, path).replaceAll(sep, '/') || '.' : given };
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function realFolder(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}
