import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { orNotThere } from './read-error.ts';

const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules', '.tracewright', 'bower_components', 'jspm_packages']);

/** The .gitignore of one folder; patterns are relative to it. */
interface Rules {
  /** '' or a path ending in a slash. */
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Files of a repository, and the rules that left others out. */
export interface Listing {
  readonly files: readonly string[];
  /** Symbolic links that git would not ignore, as files are listed. */
  readonly links: readonly string[];
  /** The .gitignore that ignores a path, some of them with new texts; or undefined. */
  ignoredBy(file: string, texts?: ReadonlyMap<string, string>): string | undefined;
}

/** Regular files that git would not ignore, as POSIX paths in code-unit order. Symbolic links are not followed. */
export function listFiles(root: string): Listing {
  const files: string[] = [];
  const links: string[] = [];
  const all: Rules[] = [];
  const visit = (folder: string, outer: readonly Rules[]): void => {
    const entries = readFolder(root, folder);
    const own = entries.filter((entry) => entry.name === '.gitignore' && entry.isFile()).map(() => readRules(root, folder));
    all.push(...own);
    const rules = [...outer, ...own];
    const open = entries.filter((entry) => !NEVER.has(entry.name) && !isIgnored(rules, pathOf(folder, entry)));
    files.push(...open.filter((entry) => entry.isFile()).map((entry) => pathOf(folder, entry)));
    links.push(...open.filter((entry) => entry.isSymbolicLink()).map((entry) => pathOf(folder, entry)));
    for (const entry of open) if (entry.isDirectory()) visit(pathOf(folder, entry), rules);
  };
  visit('', []);
  return { files: files.sort(), links: links.sort(), ignoredBy: (file, texts = new Map()) => ruleFor(withTexts(all, texts), file) };
}

/** A path from the root; a folder's ends in a slash, as .gitignore rules need it. */
function pathOf(folder: string, entry: Dirent): string {
  return folder + entry.name + (entry.isDirectory() ? '/' : '');
}

function readFolder(root: string, folder: string): readonly Dirent[] {
  return orNotThere(() => readdirSync(join(root, folder), { withFileTypes: true }), folder) ?? [];
}

function readRules(root: string, folder: string): Rules {
  return parseRules(folder, readFileSync(join(root, folder, '.gitignore'), 'utf8'));
}

function parseRules(folder: string, text: string): Rules {
  return { folder, patterns: ignore({ ignorecase: false }).add(text.replace(/^\uFEFF/, '')) };
}

/** The rules as they are once a plan has written these files. */
function withTexts(all: readonly Rules[], texts: ReadonlyMap<string, string>): readonly Rules[] {
  const changed = [...texts].map(([file, text]) => parseRules(file.slice(0, -'.gitignore'.length), text));
  const kept = all.filter(({ folder }) => !changed.some((rules) => rules.folder === folder));
  return [...kept, ...changed].sort((a, b) => a.folder.length - b.folder.length);
}

/** The nearest .gitignore that says something decides. */
function isIgnored(rules: readonly Rules[], path: string): boolean {
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const rule = rules[index];
    const answer = rule?.patterns.test(path.slice(rule.folder.length));
    if (answer?.ignored) return true;
    if (answer?.unignored) return false;
  }
  return false;
}

function ruleFor(all: readonly Rules[], file: string): string | undefined {
  const parents = file.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/') + (index + 1 < parts.length ? '/' : ''));
  for (const path of parents) {
    const rules = all.filter((rule) => path.startsWith(rule.folder) && path !== rule.folder);
    if (isIgnored(rules, path)) return `${rules.findLast((rule) => isIgnored([rule], path))?.folder ?? ''}.gitignore`;
  }
  return undefined;
}
