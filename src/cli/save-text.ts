import { writeFileSync } from 'node:fs';
import { TracewrightError } from '../contract/index.ts';
import { chosenPlace } from '../engine/apply/place.ts';
import type { Output } from './output.ts';

/** Writes a file that was asked for, and says so. Throws TW1074, and TW2007 where it is a link of the repository in `folder`. */
export function saveText(folder: string, file: string, text: string, output: Output): void {
  try {
    writeFileSync(chosenPlace(folder, file), text);
  } catch (cause) {
    if (cause instanceof TracewrightError) throw cause;
    throw new TracewrightError('TW1074', file, { cause });
  }
  output.note(`wrote ${file}`);
}
