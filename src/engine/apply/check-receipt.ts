import {
  type Install,
  type LockImage,
  type PackageManager,
  type Receipt,
  type ReceiptFile,
  TracewrightError,
} from '../../contract/index.ts';
import { HOME } from './home.ts';
import { isLockFile } from './lock-images.ts';
import { pathFault } from './path-rule.ts';

const managers: Readonly<Record<PackageManager, true>> = { npm: true, yarn: true, 'yarn-berry': true, pnpm: true };

/** Whether a parsed receipt is one of ours: a stranger may have written it, and undo and install do what it says. */
export function isReceipt(receipt: Receipt): boolean {
  const { format, applied, files, locks, folders, installs = [], routes = [], earlier } = receipt;
  if (format === 2 ? !isEarlier(earlier) : earlier !== undefined) return false;
  const isApplied = Array.isArray(applied) && applied.every(({ plan, codemods }) => typeof plan === 'string' && areTexts(codemods));
  const areInstalls = Array.isArray(installs) && installs.every(isInstall);
  if (!isApplied || !areFiles(files) || !areTexts(folders) || !areInstalls || !Array.isArray(routes)) return false;
  return Array.isArray(locks) && locks.every(isLock) && areOnce(locks);
}

/** Whether each is a file with a way to restore it, and none is named twice. */
export function areFiles(files: readonly ReceiptFile[]): boolean {
  return Array.isArray(files) && files.every(isFile) && areOnce(files);
}

/** Refuses paths that a receipt cannot name, because nothing of ours would have written there. Throws TW2007 and TW2026. */
export function checkNamed(paths: readonly string[], name: string): void {
  for (const path of paths) {
    const code = pathFault(path);
    if (code !== undefined) throw new TracewrightError(code, `${path}, which ${name} names`);
  }
}

/** Refuses a receipt that would write a golden trace: a new service brings its own, so undo only removes them. Throws TW2026. */
export function checkGolden({ files, earlier }: Receipt): void {
  const written = files.find(({ file, before }) => before !== null && file.startsWith(`${HOME}/`));
  if (written !== undefined) throw new TracewrightError('TW2026', `${written.file}, which a receipt names`);
  if (earlier !== undefined) checkGolden(earlier);
}

/** Every path that a receipt names. */
export function pathsOf({ files, locks, folders, installs = [], earlier }: Receipt): readonly string[] {
  const places = installs.flatMap(({ folder }) => (folder === '' ? [] : [folder]));
  const below = earlier === undefined ? [] : pathsOf(earlier);
  return [...[...files, ...locks].map(({ file }) => file), ...folders, ...places, ...below];
}

export function areTexts(values: readonly string[]): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}

/** A hex sha256, or null for a file that is not there. */
export function isHash(hash: unknown): boolean {
  return hash === null || (typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash));
}

export function isBase64(text: unknown): boolean {
  return typeof text === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** Permission bits. */
export function isMode(mode: unknown): boolean {
  return Number.isInteger(mode) && Number(mode) >= 0 && Number(mode) <= 0o7777;
}

function isEarlier(receipt: Receipt | undefined): boolean {
  return receipt !== undefined && receipt !== null && (receipt.format === 1 || receipt.format === 2) && isReceipt(receipt);
}

function areOnce(items: readonly { readonly file: string }[]): boolean {
  return new Set(items.map(({ file }) => file)).size === items.length;
}

function isFile({ file, before, after, restore, layout }: ReceiptFile): boolean {
  return typeof file === 'string' && isHash(before) && isHash(after) && canRestore(restore, before) && isLayout(layout);
}

function canRestore(restore: ReceiptFile['restore'], before: string | null): boolean {
  if (restore.kind === 'remove') return before === null;
  if (before === null) return false;
  if (restore.kind === 'content') return isBase64(restore.base64) && isMode(restore.mode);
  if (restore.kind === 'packed') return isBase64(restore.gzip) && isMode(restore.mode);
  return restore.kind === 'edits' && areEdits(restore.edits);
}

function isLayout(layout: ReceiptFile['layout']): boolean {
  if (layout === undefined) return true;
  const { after, before, edits = [] } = layout;
  const isOwn = typeof after === 'string' && isHash(after) && (before === undefined || isHash(before)) && Array.isArray(edits);
  return isOwn && areEdits(edits.map(({ from, to, text }) => ({ start: from, end: to, text })));
}

/** In order, and each after the one before. */
function areEdits(edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): boolean {
  let last = 0;
  return edits.every(({ start, end, text }) => {
    const isNext = Number.isSafeInteger(start) && Number.isSafeInteger(end) && last <= start && start <= end && typeof text === 'string';
    last = end;
    return isNext;
  });
}

function isLock(lock: LockImage): boolean {
  const isKnown = lock.kind === 'git' || lock.kind === 'packed';
  return (
    typeof lock.file === 'string' &&
    isLockFile(lock.file) &&
    isKnown &&
    (lock.kind === 'git' ? typeof lock.blob === 'string' : isBase64(lock.gzip))
  );
}

function isInstall({ folder, packageManager }: Install): boolean {
  return typeof folder === 'string' && Object.hasOwn(managers, packageManager);
}
