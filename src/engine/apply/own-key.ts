import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { canonicalJson } from '../plan/canonical.ts';

const SIZE = 32;

/**
 * Signs what this user writes into the repository at `root`, with a secret that lies outside of every repository: neither a clone nor an
 * archive brings such a signature. Undefined where nothing can be kept in the user's folder.
 */
export function signOwn(root: string, value: unknown): string | undefined {
  const key = readKey(root) ?? makeKey(root);
  return key && signature(key, root, value);
}

/** Whether this user, on this machine, signed that value for that folder. */
export function isOwn(root: string, value: unknown, signed: unknown): boolean {
  const key = readKey(root);
  if (key === undefined || typeof signed !== 'string') return false;
  const [given, wanted] = [Buffer.from(signed), Buffer.from(signature(key, root, value))];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function signature(key: Uint8Array, root: string, value: unknown): string {
  return createHmac('sha256', key).update(canonicalJson({ root, value })).digest('hex');
}

/** Where the secret lies; nowhere when the user's folder is part of the repository, as in some containers. */
function keyFile(root: string): { readonly folder: string; readonly file: string } | undefined {
  const base = stateFolder();
  if (base === undefined) return undefined;
  const way = relative(root, base);
  if (!way.startsWith('..') && !isAbsolute(way)) return undefined;
  const folder = join(base, 'tracewright');
  return { folder, file: join(folder, 'journal.key') };
}

function stateFolder(): string | undefined {
  const { XDG_STATE_HOME: chosen, LOCALAPPDATA: local } = process.env;
  if (chosen !== undefined && isAbsolute(chosen)) return chosen;
  if (process.platform === 'win32' && local !== undefined) return local;
  try {
    return isAbsolute(homedir()) ? join(homedir(), '.local', 'state') : undefined;
  } catch {
    return undefined;
  }
}

function readKey(root: string): Uint8Array | undefined {
  const place = keyFile(root);
  try {
    if (place === undefined || !isPrivate(place.folder, 'folder') || !isPrivate(place.file, 'file')) return undefined;
    const key = readFileSync(place.file);
    return key.length === SIZE ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Only this user may read and write it; it is no link. */
function isPrivate(path: string, kind: 'folder' | 'file'): boolean {
  const stat = lstatSync(path);
  if (kind === 'folder' ? !stat.isDirectory() : !stat.isFile()) return false;
  return process.platform === 'win32' || (stat.uid === userInfo().uid && (stat.mode & 0o077) === 0);
}

/** The first process that needs it makes it, whole or not at all; others take that one. */
function makeKey(root: string): Uint8Array | undefined {
  const place = keyFile(root);
  if (place === undefined) return undefined;
  const draft = `${place.file}.${process.pid}`;
  try {
    mkdirSync(place.folder, { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    writeFileSync(draft, randomBytes(SIZE), { flag: 'wx', mode: 0o600 });
    linkSync(draft, place.file);
  } catch {
    // Another process was faster, or there is no such folder to write in: then nothing is signed.
  }
  rmSync(draft, { force: true });
  return readKey(root);
}
