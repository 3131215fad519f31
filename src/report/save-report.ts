import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { chosenPlace } from '../engine/apply/place.ts';
import { writeInside } from '../engine/apply/write-inside.ts';

/** Where a report goes when nobody says where. */
const DEFAULT_FILE = '.tracewright/report.html';

const IGNORE_FILE = '.tracewright/.gitignore';

/** It ignores itself, too, so that a report leaves no trace in `git status`. */
const IGNORE = '# Reports are made again by `tracewright verify --report`.\n/report.html\n/.gitignore\n';

/** Writes a report beside the receipt, kept out of git, or to the file that was asked for; returns its path. Throws TW1074, and TW2007 for a link. */
export function saveReport(root: string, page: string, file?: string): string {
  try {
    return file === undefined ? saveBeside(root, page) : saveChosen(root, page, file);
  } catch (cause) {
    if (cause instanceof TracewrightError) throw cause;
    throw new TracewrightError('TW1074', file ?? DEFAULT_FILE, { cause });
  }
}

function saveBeside(root: string, page: string): string {
  writeInside(root, DEFAULT_FILE, page, 'report');
  if (!existsSync(join(root, IGNORE_FILE))) writeInside(root, IGNORE_FILE, IGNORE, 'report');
  return join(root, DEFAULT_FILE);
}

function saveChosen(root: string, page: string, file: string): string {
  const path = chosenPlace(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page);
  return path;
}
