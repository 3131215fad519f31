import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a hostile repository lies, and the folder around it, in which nothing may change. */
export interface Place {
  readonly repo: string;
  readonly around: string;
}

/** One row of the table. */
export interface Attack {
  /** What the repository holds. */
  readonly holds: string;
  readonly lay: (place: Place) => void;
  /** What a person types in it, and the code it ends with: '' for success. `then` is what somebody changes before the next. */
  readonly runs: readonly (readonly [words: string, code: string, then?: (place: Place) => void])[];
  /** What the person agreed to by that; everything else must stay as it is. */
  readonly may?: readonly string[];
  /** The same beside the repository. */
  readonly mayAround?: readonly string[];
  readonly env?: (place: Place) => Readonly<Record<string, string>>;
}

/** What `apply` writes into the small program of every repository. */
export const applied: readonly string[] = [
  'index.js',
  'package.json',
  'instrumentation.cjs',
  'vendor/tracewright-middleware-',
  '.gitignore',
  '.tracewright/receipt.json',
];

export const app: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
  'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
};

export const evil = '#!/bin/sh\ntouch pwned ../pwned\n';
export const sha = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

export function write(place: Place, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place.repo, file)), { recursive: true });
    writeFileSync(join(place.repo, file), text);
  }
}

/** A receipt entry that puts `text` where no file is, or where one is whose bytes are known. */
export function puts(file: string, now: string | null = null, mode = 0o755): object {
  const restore = { kind: 'content', base64: base64(evil), mode };
  return { file, before: sha(evil), after: now === null ? null : sha(now), restore };
}

/** A receipt entry that removes a file with these bytes. */
export function removes(file: string, now: string): object {
  return { file, before: null, after: sha(now), restore: { kind: 'remove' } };
}

export function receipt(more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ format: 1, applied: [], files: [], locks: [], folders: [], ...more });
}

/** A journal that puts `text` in the place of what is there. */
export function journal(file: string, now: string | null, more: Readonly<Record<string, unknown>> = {}): string {
  const files = [{ file, base64: base64(evil), mode: 0o755, after: now === null ? null : sha(now) }];
  return JSON.stringify({ format: 1, files, folders: [], ...more });
}

export const RECEIPT = '.tracewright/receipt.json';
export const JOURNAL = '.tracewright/journal.json';

/** Lays a receipt that names these files. */
export function withReceipt(files: (place: Place) => readonly object[], more: Readonly<Record<string, unknown>> = {}): Attack['lay'] {
  return (place) => write(place, { [RECEIPT]: receipt({ files: files(place), ...more }) });
}

export function link({ repo }: Place, from: string, to: string): void {
  mkdirSync(dirname(join(repo, from)), { recursive: true });
  rmSync(join(repo, from), { recursive: true, force: true });
  symlinkSync(to, join(repo, from));
}

export function git(folder: string, ...words: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'protocol.file.allow=always', ...words], {
    cwd: folder,
    stdio: 'ignore',
  });
}

export function commitAll(folder: string): void {
  git(folder, 'add', '-A', '-f', '.');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'all');
}

export const read = ({ repo }: Place, file: string): string => readFileSync(join(repo, file), 'utf8');
