import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { askGit, parentsOf, readBlobs } from './git.ts';

/** A file as the next commit would hold it, and as each parent that has it holds it. */
export interface StagedFile {
  /** Relative to the folder asked about. */
  readonly file: string;
  readonly text: string;
  readonly before: readonly string[];
}

/** Staged files of a folder that differ from every parent of the next commit. The working tree is not looked at. */
export function readStaged(
  folder: string,
  wants: (file: string) => boolean,
): { readonly staged: number; readonly files: readonly StagedFile[] } {
  if (askGit(folder, ['rev-parse', '--show-prefix']) === undefined) throw new TracewrightError('TW1082', folder);
  const parents = parentsOf(folder);
  const [first = new Map<string, Entry>(), ...others] = (parents.length === 0 ? [''] : parents).map((parent) => entriesIn(folder, parent));
  const changed = [...first].filter(([file]) => others.every((other) => other.has(file)));
  const wanted = changed.filter(([file]) => wants(file));
  const olds = new Map(wanted.map(([file, { old }]) => [file, [old, ...others.map((other) => other.get(file)?.old)].filter(isSet)]));
  const blobs = readBlobs(folder, [...wanted.map(([, { id }]) => id), ...[...olds.values()].flat()]);
  const files = wanted.flatMap(([file, { id }]): readonly StagedFile[] => {
    const bytes = blobs.get(id);
    if (bytes === undefined) return [];
    return [
      { file, text: bytes.toString('utf8'), before: (olds.get(file) ?? []).flatMap((old) => blobs.get(old)?.toString('utf8') ?? []) },
    ];
  });
  return { staged: changed.length, files };
}

/** Files of a folder that differ from the last commit as they lie on disk, new ones too: what `git add --all` would stage. */
export function readUnstaged(folder: string, wants: (file: string) => boolean): readonly StagedFile[] {
  const [head] = parentsOf(folder);
  const changed = head === undefined ? new Map<string, Entry>() : entriesIn(folder, head, []);
  const others = ['ls-files', '-z', '--others', '--exclude-standard', ...(head === undefined ? ['--cached'] : []), '--', '.'];
  const fresh = (askGit(folder, others)?.toString('utf8') ?? '').split('\0').map((file) => [file, undefined] as const);
  const wanted = [...[...changed].map(([file, { old }]) => [file, old] as const), ...fresh].filter(([file]) => wants(file));
  const blobs = readBlobs(
    folder,
    wanted.flatMap(([, old]) => old ?? []),
  );
  return wanted.flatMap(([file, old]): readonly StagedFile[] => {
    const path = join(folder, file);
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [];
    const before = blobs.get(old ?? '')?.toString('utf8');
    return [{ file, text: readFileSync(path, 'utf8'), before: before === undefined ? [] : [before] }];
  });
}

/** The staged text of one file; undefined when none is staged or committed. */
export function readIndexed(folder: string, file: string): string | undefined {
  return askGit(folder, ['cat-file', 'blob', `:./${file}`])?.toString('utf8');
}

interface Entry {
  readonly id: string;
  /** Absent for a new file. */
  readonly old: string | undefined;
}

/** `:100644 100644 <old> <new> R90`, the old name of a renamed file, the name; all NUL-separated, so that no name needs quotes. */
function entriesIn(folder: string, parent: string, where: readonly string[] = ['--cached']): ReadonlyMap<string, Entry> {
  const range = parent === '' ? [] : [parent];
  const options = [
    '--raw',
    '-z',
    '--no-abbrev',
    '--find-renames',
    '--relative',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=dirty',
  ];
  const answer = askGit(folder, ['diff', ...where, ...options, ...range, '--', '.']);
  if (answer === undefined) throw new TracewrightError('TW2014', 'git diff failed', { next: 'Make `git status` work in that folder.' });
  const fields = answer.toString('utf8').split('\0');
  const entries = new Map<string, Entry>();
  for (let at = 0; at < fields.length - 1; ) {
    const [oldMode = '', mode = '', old = '', id = '', status = ''] = (fields[at] ?? '').split(' ');
    const names = /^[RC]/.test(status) ? 2 : 1;
    const file = fields[at + names] ?? '';
    if (isRegular(mode)) entries.set(file, { id, old: isRegular(oldMode.slice(1)) ? old : undefined });
    at += names + 1;
  }
  return entries;
}

/** Neither a link, nor a submodule, nor gone. */
function isRegular(mode: string): boolean {
  return mode.startsWith('100');
}

function isSet(id: string | undefined): id is string {
  return id !== undefined;
}
