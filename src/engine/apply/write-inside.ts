import { appendFileSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { replaceDurably } from './durable.ts';
import type { Writer } from './path-rule.ts';
import { placeOf } from './place.ts';

/** Writes a file of `writer`'s, whole or not at all, and makes the folders above it. Throws what `placeOf` throws. */
export function writeInside(root: string, file: string, content: Uint8Array | string, writer: Writer): void {
  mkdirSync(dirname(placeOf(root, file, writer)), { recursive: true });
  replaceDurably(placeOf(root, file, writer), Buffer.from(content));
}

/** Adds to a file of `writer`'s. */
export function appendInside(root: string, file: string, text: string, writer: Writer): void {
  appendFileSync(soleFile(root, file, writer), text);
}

/** Where a file lies that is written in place: it is a file, if it is there at all, and has no other name that would be written with it. */
export function soleFile(root: string, file: string, writer: Writer): string {
  const path = placeOf(root, file, writer);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isFile()) throw new TracewrightError('TW2008', `${file} is not a file`);
  if (stat !== undefined && stat.nlink > 1) replaceDurably(path, readFileSync(path));
  return path;
}

/** Makes a folder of `writer`'s; one that is there stays. */
export function makeInside(root: string, folder: string, writer: Writer): void {
  mkdirSync(placeOf(root, folder, writer), { recursive: true });
}

/** Removes a file or a folder of `writer`'s, if it is there. */
export function removeInside(root: string, file: string, writer: Writer): void {
  rmSync(placeOf(root, file, writer), { recursive: true, force: true });
}

/** Gives a file of `writer`'s another name. */
export function renameInside(root: string, from: string, to: string, writer: Writer): void {
  renameSync(placeOf(root, from, writer), placeOf(root, to, writer));
}
