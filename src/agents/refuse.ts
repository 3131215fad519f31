import { TracewrightError } from '../contract/index.ts';

/** A file that ours cannot be put into without guessing: place and why. */
export function cannotMerge(file: string, line: number, why: string, cause?: unknown): TracewrightError {
  return new TracewrightError('TW1080', `${file}:${line} ${why}`, { cause });
}

/** Something of the user's own has the name we need. */
export function nameTaken(file: string, line: number, what: string): TracewrightError {
  return new TracewrightError('TW1081', `${file}:${line} ${what}`);
}
