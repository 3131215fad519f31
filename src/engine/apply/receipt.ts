import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { middlewareVersion } from '../../cohort/middleware.ts';
import { type Install, type Plan, type Receipt, type ReceiptFile, type Route, TracewrightError } from '../../contract/index.ts';
import { canonicalJson, sha256 } from '../plan/canonical.ts';
import type { Change } from '../plan/draft-file.ts';
import { applyEdits, editPieces, invertEdits, toEdits, wholeText } from '../plan/text-edit.ts';
import { decodeUtf8 } from '../plan/tree.ts';
import { checkGolden, checkNamed, isReceipt, pathsOf } from './check-receipt.ts';
import { missingFolders } from './durable.ts';
import { RECEIPT } from './home.ts';
import { isReformatted, layoutOf } from './layout.ts';
import { takeLockImages } from './lock-images.ts';
import { readIfThere, readStored } from './read-stored.ts';
import { flatReceipt, lastOfEach, startsLayer } from './receipt-layers.ts';

/** All that was applied in a repository, as one receipt. Throws what `readTopReceipt` throws. */
export function readReceipt(root: string): Receipt | undefined {
  const top = readTopReceipt(root);
  return top && flatReceipt(top);
}

/** The receipt as it is stored, an upgrade on what was before it. Throws TW2016, TW2031, and the code of a path that no receipt of ours names. */
export function readTopReceipt(root: string): Receipt | undefined {
  const receipt = readStored(root, RECEIPT, isReceipt, 2);
  if (receipt !== undefined) {
    checkNamed(pathsOf(receipt), RECEIPT);
    checkGolden(receipt);
  }
  return receipt;
}

/** Bytes of a receipt file: readable, stable, ends in a line break. */
export function receiptBytes(receipt: Receipt): Uint8Array {
  return Buffer.from(`${JSON.stringify(JSON.parse(canonicalJson(receipt)), null, 2)}\n`);
}

/** Files of a receipt that are no longer as apply left them, other than by a formatter. */
export function editedSince(root: string, receipt: Receipt): readonly string[] {
  const isEdited = (entry: ReceiptFile): boolean =>
    hashOf(root, entry.file) !== entry.after && !isReformatted(entry, readIfThere(root, entry.file));
  return receipt.files.filter(isEdited).map(({ file }) => file);
}

/** sha256 of a file now, null when there is none. */
export function hashOf(root: string, file: string): string | null {
  const bytes = readIfThere(root, file);
  return bytes === undefined ? null : sha256(bytes);
}

/** What to write down when `changes` are applied on top of what `earlier` describes; nothing of that is forgotten. */
export function describeChanges(
  root: string,
  plan: Plan,
  changes: readonly Change[],
  installs: readonly Install[],
  stored: Receipt | undefined,
): Receipt {
  const starts = startsLayer(stored, plan.options);
  const below = starts ? stored : stored?.earlier;
  const earlier = starts ? undefined : stored;
  const files = new Map(earlier?.files.map((file) => [file.file, file]));
  for (const change of changes) {
    const entry = mergeChange(root, change, files.get(change.file));
    if (entry.before === entry.after) files.delete(change.file);
    else files.set(change.file, entry);
  }
  const { version } = plan.tool;
  // A template or a part is no codemod that could be asked again; those whose work it holds are named beside it.
  const codemods = plan.codemods
    .filter(({ id, status }) => status === 'applies' && id !== plan.options.scaffold?.template && plan.options.add === undefined)
    .map(({ id }) => id);
  const tasks = plan.codemods.flatMap((one) => (one.status === 'applies' ? one.tasks.map((task) => ({ codemod: one.id, ...task })) : []));
  return {
    format: below === undefined ? 1 : 2,
    applied: [
      ...(earlier?.applied ?? []).filter((one) => one.plan !== plan.hash),
      { plan: plan.hash, version, middleware: middlewareVersion, options: plan.options, codemods, ...(tasks.length > 0 && { tasks }) },
    ],
    files: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    locks: takeLockImages(
      root,
      changes.map(({ file }) => file),
      earlier,
    ),
    folders: [
      ...new Set([
        ...(earlier?.folders ?? []),
        ...changes.flatMap(({ file, after }) => (after === null ? [] : missingFolders(root, file))),
      ]),
    ].sort(),
    routes: lastOfEach([...(earlier?.routes ?? []), ...plan.routes], routeName),
    installs: lastOfEach([...(earlier?.installs ?? []), ...installs], ({ folder }) => folder),
    ...(below !== undefined && { earlier: below }),
  };
}

function routeName({ service, path, method }: Route): string {
  return `${service}\0${path}\0${method}`;
}

/** The bytes a file had before apply, from those it has now; null when there was no file. */
export function oldBytes(file: ReceiptFile, now: Uint8Array | undefined): Uint8Array | null {
  if (file.restore.kind === 'remove') return null;
  if (file.restore.kind === 'content') return checkedOld(file, Buffer.from(file.restore.base64, 'base64'));
  if (file.restore.kind === 'packed') return checkedOld(file, unpack(file.restore.gzip));
  const text = now && decodeUtf8(now);
  return checkedOld(file, text === undefined ? undefined : Buffer.from(applyEdits(text, file.restore.edits), 'utf8'));
}

/** Nothing that we pack is larger; a stranger's bytes must not fill the memory. */
function unpack(gzip: string): Buffer | undefined {
  try {
    return gunzipSync(Buffer.from(gzip, 'base64'), { maxOutputLength: 64_000_000 });
  } catch {
    return undefined;
  }
}

function checkedOld({ file, before }: ReceiptFile, old: Uint8Array | undefined): Uint8Array {
  if (old !== undefined && sha256(old) === before) return old;
  throw new TracewrightError('TW2016', `${RECEIPT}: what it says of ${file} does not give the old file`);
}

/**
 * The entry of a file that is changed again. A repair that ends in the bytes of the earlier apply keeps its inverse. So does a file
 * with edits in between that no inverse accounts for: undo then names it and writes nothing, and its first state is not lost.
 */
export function mergeChange(root: string, change: Change, earlier: ReceiptFile | undefined): ReceiptFile {
  const before = change.before && sha256(change.before);
  if (earlier === undefined || before === earlier.after) return describeChange(root, change, earlier);
  const after = change.after && sha256(change.after);
  return before === earlier.before && after !== earlier.after ? describeChange(root, change, undefined) : earlier;
}

function describeChange(root: string, change: Change, earlier: ReceiptFile | undefined): ReceiptFile {
  const entry = restoreOf(root, change, earlier);
  const text = change.after === null ? undefined : decodeUtf8(change.after);
  if (text === undefined) return entry;
  if (entry.restore.kind !== 'edits') return { ...entry, layout: layoutOf(undefined, text) };
  return { ...entry, layout: layoutOf(applyEdits(text, entry.restore.edits), text, entry.restore.edits) };
}

function restoreOf(root: string, change: Change, earlier: ReceiptFile | undefined): ReceiptFile {
  const original = earlier === undefined ? change.before : oldBytes(earlier, change.before ?? undefined);
  const after = change.after && sha256(change.after);
  if (original === null) return { file: change.file, before: null, after, restore: { kind: 'remove' } };
  const before = sha256(original);
  const edits = change.edits === undefined ? undefined : inverseOf(original, change, earlier);
  if (edits !== undefined) return { file: change.file, before, after, restore: { kind: 'edits', edits } };
  const old = earlier?.restore;
  const mode = old !== undefined && 'mode' in old ? old.mode : lstatSync(join(root, change.file)).mode & 0o7777;
  if (decodeUtf8(original) === undefined) {
    const gzip = gzipSync(original, { level: 9 }).toString('base64');
    return { file: change.file, before, after, restore: { kind: 'packed', gzip, mode } };
  }
  return { file: change.file, before, after, restore: { kind: 'content', base64: Buffer.from(original).toString('base64'), mode } };
}

/** Edits from the new text to the original, through the state that an earlier apply left. */
function inverseOf(original: Uint8Array, change: Change, earlier: ReceiptFile | undefined): ReturnType<typeof invertEdits> | undefined {
  const text = decodeUtf8(original);
  if (text === undefined || change.edits === undefined || (earlier !== undefined && earlier.restore.kind !== 'edits')) return undefined;
  const between = change.before && decodeUtf8(change.before);
  if (between === undefined || between === null) return undefined;
  const first = earlier?.restore.kind === 'edits' ? invertEdits(between, earlier.restore.edits) : [];
  return invertEdits(text, toEdits(editPieces(editPieces(wholeText(text), first), change.edits)));
}
