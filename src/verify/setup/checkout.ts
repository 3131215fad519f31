import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { TracewrightError } from '../../contract/index.ts';

/** Another version of a tree in a temporary folder, ready to run. */
export interface Checkout {
  readonly root: string;
  readonly notes: readonly string[];
  remove(): void;
}

async function git(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)('git', [...args], { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trimEnd();
}

/** Writes the files of a commit without touching the repository: its own index file, no worktree record. */
async function writeTree(root: string, ref: string, base: string): Promise<string> {
  const target = join(base, 'tree');
  const env = { GIT_INDEX_FILE: join(base, 'index') };
  try {
    const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    const prefix = (await git(root, ['rev-parse', '--show-prefix'])).replace(/\/$/, '');
    const top = await git(root, ['rev-parse', '--show-toplevel']);
    await git(top, ['read-tree', prefix === '' ? commit : `${commit}:${prefix}`], env);
    await git(top, ['checkout-index', '--all', '--force', `--prefix=${target}/`], env);
  } catch (cause) {
    throw new TracewrightError('TW3009', ref, { cause });
  }
  mkdirSync(target, { recursive: true });
  return target;
}

function isInside(parent: string, path: string): boolean {
  const way = relative(parent, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

/** A link to a workspace package must lead to that package of the other version; everything else is shared. */
function linkModule(from: string, to: string, root: string): void {
  if (lstatSync(from).isSymbolicLink()) {
    const real = realpathSync(from);
    if (isInside(root, real) && !real.split(sep).includes('node_modules')) {
      symlinkSync(readlinkSync(from), to);
      return;
    }
  }
  symlinkSync(from, to, 'junction');
}

function linkModules(from: string, to: string, root: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name.startsWith('@')) linkModules(join(from, name), join(to, name), root);
    else linkModule(join(from, name), join(to, name), root);
  }
}

function packageFolders(root: string, dir = ''): string[] {
  const below = readdirSync(join(root, dir), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
    .flatMap((entry) => packageFolders(root, join(dir, entry.name)));
  return existsSync(join(root, dir, 'package.json')) ? [dir, ...below] : below;
}

/** node_modules above the root, as in a subfolder of a monorepo. */
function modulesAbove(root: string): string | undefined {
  for (let at = dirname(root); at !== dirname(at); at = dirname(at))
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules');
  return undefined;
}

/** Brings what git does not hold but the program needs: installed modules and .env files. */
function shareUntracked(root: string, base: string, target: string): string[] {
  const above = modulesAbove(root);
  if (above !== undefined) symlinkSync(above, join(base, 'node_modules'), 'junction');
  const notes = new Set<string>();
  for (const dir of packageFolders(target)) {
    const modules = join(root, dir, 'node_modules');
    if (existsSync(modules) && !existsSync(join(target, dir, 'node_modules'))) {
      linkModules(modules, join(target, dir, 'node_modules'), root);
      notes.add('it ran with the modules that are installed now.');
    }
    const local = existsSync(join(root, dir)) ? readdirSync(join(root, dir)) : [];
    for (const name of local.filter((each) => /^\.env(\.|$)/.test(each) && !existsSync(join(target, dir, each)))) {
      copyFileSync(join(root, dir, name), join(target, dir, name));
      notes.add(`it got a copy of ${join(dir, name)}.`);
    }
  }
  return [...notes];
}

/** Checks `ref` out into a temporary folder, with the same installed modules. Throws TW3009. */
export async function checkOut(root: string, ref: string): Promise<Checkout> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-checkout-')));
  const remove = (): void => {
    process.removeListener('exit', remove);
    rmSync(base, { recursive: true, force: true });
  };
  process.once('exit', remove);
  try {
    const target = await writeTree(root, ref, base);
    return { root: target, notes: shareUntracked(root, base, target), remove };
  } catch (error) {
    remove();
    throw error;
  }
}
