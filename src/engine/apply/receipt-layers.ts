import { middlewareVersion } from '../../cohort/middleware.ts';
import type { PlanOptions, Receipt, ReceiptFile } from '../../contract/index.ts';
import { byCodeUnit } from '../plan/canonical.ts';

/**
 * A receipt on which a later version builds, or to which a part is added, stays whole below the new one, so that undo goes back one step at a time.
 *
 *   { format: 2, files of the upgrade, earlier: { format: 1, files of the first migration } }
 */
export function startsLayer(receipt: Receipt | undefined, { add }: PlanOptions): boolean {
  const last = receipt?.applied.at(-1);
  return last !== undefined && (last.middleware !== middlewareVersion || add !== undefined || last.options.add !== undefined);
}

/** All migrations as one: what was there before the first of them, and what is there after the last. */
export function flatReceipt({ earlier, ...top }: Receipt): Receipt {
  if (earlier === undefined) return top;
  const below = flatReceipt(earlier);
  const files = new Map(below.files.map((file) => [file.file, file]));
  for (const entry of top.files) {
    const before = files.get(entry.file);
    const joined: ReceiptFile = before === undefined ? entry : { ...entry, before: before.before };
    if (joined.before === joined.after) files.delete(entry.file);
    else files.set(entry.file, joined);
  }
  return {
    ...top,
    applied: [...below.applied, ...top.applied],
    files: [...files.values()].sort((a, b) => byCodeUnit(a.file, b.file)),
    locks: lastOfEach([...top.locks, ...below.locks], ({ file }) => file),
    folders: [...new Set([...below.folders, ...top.folders])].sort(),
    routes: lastOfEach([...(below.routes ?? []), ...(top.routes ?? [])], ({ service, path, method }) => `${service}\0${path}\0${method}`),
    installs: lastOfEach([...(below.installs ?? []), ...(top.installs ?? [])], ({ folder }) => folder),
  };
}

/** One item for each name, the last one, in the order of names. */
export function lastOfEach<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [nameOf(item), item]))].sort(([a], [b]) => byCodeUnit(a, b)).map(([, item]) => item);
}
