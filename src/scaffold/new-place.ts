import { accessSync, constants, lstatSync, mkdirSync, readdirSync, rmdirSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { recoverApply } from '../engine/apply/apply-plan.ts';
import { isReserved } from '../engine/apply/path-rule.ts';

/** What may lie in a folder that a service is begun in. */
const HARMLESS = new Set(['.git', '.DS_Store']);

/** Refuses a folder that a new service may not lie in. Throws TW1101, TW1105, and TW2008 where nothing can be written. */
export function checkPlace(folder: string): void {
  const parts = folder.split(/[\\/]/);
  if (parts.includes('..') || folder.includes('\0')) throw new TracewrightError('TW1105', `${JSON.stringify(folder)} leads up`);
  if (parts.some(isReserved)) throw new TracewrightError('TW1105', `${folder} belongs to another program`);
  const stat = statOf(folder);
  if (stat === undefined) {
    checkAbove(folder);
    return;
  }
  if (stat.isSymbolicLink()) throw new TracewrightError('TW1105', `${folder} is a link`);
  if (!stat.isDirectory()) throw new TracewrightError('TW1105', `${folder} is a file`);
  checkAccess(folder, stat);
  recoverApply(folder);
  const [first, ...others] = listed(folder);
  if (first === undefined) return;
  throw new TracewrightError('TW1101', `${folder} holds ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`);
}

/** Makes a folder and those above it; answers the ones that were not there, outermost first. Throws TW2008. */
export function makePlace(folder: string): readonly string[] {
  const missing = missingAbove(folder);
  const made: string[] = [];
  try {
    for (const path of missing) {
      mkdirSync(path);
      made.push(path);
    }
  } catch (cause) {
    leavePlace(made);
    throw new TracewrightError('TW2008', folder, { cause, next: 'Give a folder that can be made there. Nothing was written.' });
  }
  return made;
}

/** A folder and those above it that are not there, outermost first. */
export function missingAbove(folder: string): readonly string[] {
  const missing: string[] = [];
  for (let path = resolve(folder); statOf(path) === undefined; path = dirname(path)) missing.unshift(path);
  return missing;
}

/** Removes folders that `makePlace` made and nobody wrote into. */
export function leavePlace(made: readonly string[]): void {
  for (const path of [...made].reverse()) {
    if (statOf(path) === undefined) continue;
    try {
      rmdirSync(path);
    } catch {
      return;
    }
  }
}

function listed(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !HARMLESS.has(name))
    .sort();
}

function checkAbove(folder: string): void {
  let above = dirname(resolve(folder));
  while (statOf(above) === undefined) above = dirname(above);
  const stat = statOf(above);
  if (stat === undefined) return;
  if (!stat.isDirectory() && !stat.isSymbolicLink()) throw new TracewrightError('TW1105', `${above} is a file`);
  if (stat.isDirectory()) checkAccess(above, stat);
}

/** Root may write everywhere; a folder without any write bit is still meant to stay as it is. */
function checkAccess(folder: string, stat: Stats): void {
  const next = 'Give another folder, or make this one writable. Nothing was written.';
  if ((stat.mode & 0o222) === 0) throw new TracewrightError('TW2008', folder, { next });
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new TracewrightError('TW2008', folder, { cause, next });
  }
}

/** Undefined also below a file. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
