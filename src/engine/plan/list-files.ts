import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReserved } from '../apply/path-rule.ts';
import { type IgnoreRules, isIgnored, outerRules, parseRules, ruleFor } from './ignore-rules.ts';
import { orNotThere } from './read-error.ts';

const NEVER = new Set(['.hg', '.svn', 'bower_components', 'jspm_packages']);

/** Files of a repository, and the rules that left others out. */
export interface Listing {
  readonly files: readonly string[];
  /** Symbolic links that git would not ignore, as files are listed. */
  readonly links: readonly string[];
  /** Folders with a `.git` of their own (submodules, worktrees, clones): other checkouts, of which nothing is listed. */
  readonly checkouts: readonly string[];
  /** The .gitignore that ignores a path, some of them with new texts; or undefined. */
  ignoredBy(file: string, texts?: ReadonlyMap<string, string>): string | undefined;
}

/** Regular files that git would not ignore, as POSIX paths in code-unit order. Symbolic links are not followed. */
export function listFiles(root: string): Listing {
  const files: string[] = [];
  const links: string[] = [];
  const checkouts: string[] = [];
  const all: IgnoreRules[] = [...outerRules(root)];
  const visit = (folder: string, outer: readonly IgnoreRules[]): void => {
    const entries = readFolder(root, folder);
    if (folder !== '' && entries.some((entry) => entry.name === '.git')) {
      checkouts.push(folder.slice(0, -1));
      return;
    }
    const own = entries.filter((entry) => entry.name === '.gitignore' && entry.isFile()).map(() => readRules(root, folder));
    all.push(...own);
    const rules = [...outer, ...own];
    const open = entries.filter((entry) => !NEVER.has(entry.name) && !isReserved(entry.name) && !isIgnored(rules, pathOf(folder, entry)));
    files.push(...open.filter((entry) => entry.isFile()).map((entry) => pathOf(folder, entry)));
    files.push(...packedIn(root, folder, entries).filter((file) => isIgnored(rules, file) || isIgnored(rules, `${folder}vendor/`)));
    links.push(...open.filter((entry) => entry.isSymbolicLink()).map((entry) => pathOf(folder, entry)));
    for (const entry of open) if (entry.isDirectory()) visit(pathOf(folder, entry), rules);
  };
  visit('', all.slice());
  return { files: files.sort(), links: links.sort(), checkouts: checkouts.sort(), ignoredBy: (file, texts) => ruleFor(all, file, texts) };
}

/** What ships with the toolkit is there where `apply` put it, though a rule above the folder, which no edit in it can lift, ignores it. */
function packedIn(root: string, folder: string, entries: readonly Dirent[]): readonly string[] {
  if (!entries.some((entry) => entry.name === 'vendor' && entry.isDirectory())) return [];
  const held = readFolder(root, `${folder}vendor/`);
  return held
    .filter((entry) => entry.isFile() && /^tracewright-middleware-[\w.-]+\.tgz$/.test(entry.name))
    .map((entry) => `${folder}vendor/${entry.name}`);
}

/** A path from the root; a folder's ends in a slash, as .gitignore rules need it. */
function pathOf(folder: string, entry: Dirent): string {
  return folder + entry.name + (entry.isDirectory() ? '/' : '');
}

function readFolder(root: string, folder: string): readonly Dirent[] {
  return orNotThere(() => readdirSync(join(root, folder), { withFileTypes: true }), folder) ?? [];
}

function readRules(root: string, folder: string): IgnoreRules {
  return parseRules(folder, readFileSync(join(root, folder, '.gitignore'), 'utf8'));
}
