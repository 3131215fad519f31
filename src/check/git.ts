import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { gitEnvironment, recordsEnvironment } from '../engine/index.ts';

const MAX = 1024 * 1024 * 1024;

/** Asks git in a folder; undefined when it ends with anything but 0. */
export function askGit(folder: string, args: readonly string[], input: string = ''): Buffer | undefined {
  const own = environment();
  // Only `diff` looks at what is in files.
  const env = args[0] === 'diff' ? gitEnvironment(folder, own) : recordsEnvironment(own);
  const { status, stdout, error } = spawnSync('git', args, { cwd: folder, env, input, maxBuffer: MAX });
  if (error !== undefined) throw new TracewrightError('TW2014', error.message, { cause: error, next: 'Install git, or put it on PATH.' });
  return status === 0 ? stdout : undefined;
}

/** Inside a hook git names its folder and its index relative to the folder the hook runs in, which need not be the one asked about. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE, ...rest } = process.env;
  return {
    ...rest,
    ...(GIT_DIR === undefined ? {} : { GIT_DIR: resolve(GIT_DIR), GIT_WORK_TREE: resolve(GIT_WORK_TREE ?? '.') }),
    ...(GIT_INDEX_FILE === undefined ? {} : { GIT_INDEX_FILE: resolve(GIT_INDEX_FILE) }),
  };
}

/** What the next commit will have as parents: none for the first one, more than one for a merge. */
export function parentsOf(folder: string): readonly string[] {
  const head = askGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'])?.toString('utf8').trim();
  if (head === undefined) return [];
  const path = askGit(folder, ['rev-parse', '--git-path', 'MERGE_HEAD'])?.toString('utf8').trim() ?? '';
  const merged = resolve(folder, path);
  return [head, ...(existsSync(merged) ? readFileSync(merged, 'utf8').split('\n').filter(Boolean) : [])];
}

/** Bytes of blobs by id; those git does not have are left out. */
export function readBlobs(folder: string, ids: readonly string[]): ReadonlyMap<string, Buffer> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, Buffer>();
  const answer = wanted.length === 0 ? undefined : askGit(folder, ['cat-file', '--batch'], `${wanted.join('\n')}\n`);
  let at = 0;
  while (answer !== undefined && at < answer.length) {
    const end = answer.indexOf(10, at);
    const [id = '', kind, size] = answer.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (kind !== 'blob') continue;
    found.set(id, answer.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
