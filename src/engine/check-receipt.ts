import type { Install, LockImage, PackageManager, Receipt, ReceiptFile } from '../contract/index.ts';
import { isPlainPath } from './check-writable.ts';

const managers: Readonly<Record<PackageManager, true>> = { npm: true, yarn: true, 'yarn-berry': true, pnpm: true };

/** Whether a parsed receipt is one of ours: a stranger may have written it, and undo and install do what it says. */
export function isReceipt({ format, applied, files, locks, folders, installs = [], routes = [] }: Receipt): boolean {
  const isApplied = Array.isArray(applied) && applied.every(({ plan, codemods }) => typeof plan === 'string' && Array.isArray(codemods));
  const areLocks = Array.isArray(locks) && locks.every(isLock);
  const areInstalls = Array.isArray(installs) && installs.every(isInstall);
  return format === 1 && isApplied && areFiles(files) && areLocks && arePaths(folders) && areInstalls && Array.isArray(routes);
}

/** Whether each is a file below the root with a way to restore it. */
export function areFiles(files: readonly ReceiptFile[]): boolean {
  return (
    Array.isArray(files) &&
    files.every(({ file, before, after, restore }) => isPath(file) && isHash(before) && isHash(after) && canRestore(restore))
  );
}

/** Whether each is a path below the root. */
export function arePaths(paths: readonly string[]): boolean {
  return Array.isArray(paths) && paths.every(isPath);
}

function isPath(path: unknown): path is string {
  return typeof path === 'string' && isPlainPath(path);
}

function isHash(hash: unknown): boolean {
  return hash === null || typeof hash === 'string';
}

function canRestore(restore: ReceiptFile['restore']): boolean {
  if (restore.kind === 'content') return typeof restore.base64 === 'string' && typeof restore.mode === 'number';
  if (restore.kind !== 'edits') return restore.kind === 'remove';
  return restore.edits.every(({ start, end, text }) => [start, end].every(Number.isSafeInteger) && typeof text === 'string');
}

function isLock(lock: LockImage): boolean {
  return isPath(lock.file) && typeof (lock.kind === 'git' ? lock.blob : lock.gzip) === 'string';
}

function isInstall({ folder, packageManager }: Install): boolean {
  return (folder === '' || isPath(folder)) && Object.hasOwn(managers, packageManager);
}
