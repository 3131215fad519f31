import { writeFileSync } from 'node:fs';
import { TracewrightError } from '../contract/index.ts';
import type { Output } from './output.ts';

/** Writes a file that was asked for, and says so. Throws TW1074. */
export function saveText(file: string, text: string, output: Output): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new TracewrightError('TW1074', file, { cause });
  }
  output.note(`wrote ${file}`);
}
