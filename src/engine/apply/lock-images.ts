import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type LockImage, type Receipt, TracewrightError } from '../../contract/index.ts';
import { byCodeUnit } from '../plan/canonical.ts';
import { committedBlob, readBlob } from './git-state.ts';
import { RECEIPT } from './home.ts';
import { readIfThere } from './read-stored.ts';

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];

/** Bytes; the lock files of large repositories have a tenth of it. A few kilobytes of gzip could hold more than the memory does. */
const UNPACKED_LIMIT = 256_000_000;

/** Whether a path ends in the name of a lock file. */
export function isLockFile(file: string): boolean {
  return LOCK_FILES.includes(file.split('/').at(-1) ?? '');
}

/** Lock files that an install may write because one of these files is a manifest that changed: beside it and above it. */
export function locksBeside(files: readonly string[]): readonly string[] {
  const manifests = files.filter((file) => file === 'package.json' || file.endsWith('/package.json'));
  const folders = manifests.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index).join('/')));
  const names = folders.flatMap((folder) => LOCK_FILES.map((name) => (folder === '' ? name : `${folder}/${name}`)));
  return [...new Set(names)].sort();
}

/** Every lock file that undo answers for. */
export function locksOf(receipt: Receipt | undefined): readonly string[] {
  if (receipt === undefined) return [];
  return [...new Set([...locksBeside(receipt.files.map(({ file }) => file)), ...receipt.locks.map(({ file }) => file)])].sort();
}

/** Images of the lock files as they are before apply; those an earlier apply answers for stay as it described them. */
export function takeLockImages(root: string, changed: readonly string[], earlier: Receipt | undefined): readonly LockImage[] {
  const known = new Set(locksOf(earlier));
  const fresh = locksBeside(changed).filter((file) => !known.has(file));
  return [...(earlier?.locks ?? []), ...fresh.flatMap((file) => imageOf(root, file))].sort((a, b) => byCodeUnit(a.file, b.file));
}

function imageOf(root: string, file: string): readonly LockImage[] {
  const bytes = readIfThere(root, file);
  if (bytes === undefined) return [];
  const blob = committedBlob(root, file);
  if (blob !== undefined && isBlob(bytes, blob)) return [{ file, kind: 'git', blob }];
  return [{ file, kind: 'packed', gzip: gzipSync(bytes, { level: 9 }).toString('base64') }];
}

/** The bytes a lock file had before apply, null when there was none; `now` is what it has. */
export function oldLock(root: string, image: LockImage | undefined, now: Uint8Array | undefined): Uint8Array | null {
  if (image === undefined) return null;
  if (image.kind === 'packed') return unpack(image.file, image.gzip);
  if (now !== undefined && isBlob(now, image.blob)) return now;
  const bytes = readBlob(root, image.blob);
  if (bytes !== undefined && isBlob(bytes, image.blob)) return bytes;
  throw new TracewrightError('TW2014', `it does not give ${image.file} (blob ${image.blob})`, {
    next: 'Fetch the whole history (`git fetch --unshallow`) and try again, or restore that file yourself. Nothing was written.',
  });
}

function unpack(file: string, gzip: string): Uint8Array {
  try {
    return gunzipSync(Buffer.from(gzip, 'base64'), { maxOutputLength: UNPACKED_LIMIT });
  } catch (cause) {
    throw new TracewrightError('TW2016', `${RECEIPT}: what it holds of ${file} cannot be unpacked`, { cause });
  }
}

/** Whether git calls these bytes so; its hash is that of a header and the bytes. */
function isBlob(bytes: Uint8Array, blob: string): boolean {
  const hash = createHash(blob.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === blob;
}
