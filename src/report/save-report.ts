import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TracewrightError } from '../contract/index.ts';

/** Where a report goes when nobody says where. */
const DEFAULT_FILE = '.tracewright/report.html';

/** It ignores itself, too, so that a report leaves no trace in `git status`. */
const IGNORE = '# Reports are made again by `tracewright verify --report`.\n/report.html\n/.gitignore\n';

/** Writes a report beside the receipt, kept out of git, or to the file that was asked for; returns its path. Throws TW1074. */
export function saveReport(root: string, page: string, file?: string): string {
  const path = file === undefined ? join(root, DEFAULT_FILE) : resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
    const ignore = join(root, '.tracewright/.gitignore');
    if (file === undefined && !existsSync(ignore)) writeFileSync(ignore, IGNORE);
  } catch (cause) {
    throw new TracewrightError('TW1074', path, { cause });
  }
  return path;
}
