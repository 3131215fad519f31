import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The rules of one .gitignore, or of .git/info/exclude. */
export interface IgnoreRules {
  /** Folder below the root whose paths the patterns are relative to: '' or a path ending in a slash. */
  readonly folder: string;
  /** Only for rules from outside of the tree: path of the root below their folder, '' or a path ending in a slash. */
  readonly above?: string;
  /** How people call the file. */
  readonly name: string;
  readonly patterns: Ignore;
}

export function parseRules(folder: string, text: string): IgnoreRules {
  return { folder, name: `${folder}.gitignore`, patterns: ignore({ ignorecase: false }).add(text.replace(/^\uFEFF/, '')) };
}

/** The nearest rule that says something decides. */
export function isIgnored(rules: readonly IgnoreRules[], path: string): boolean {
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const answer = rules[index] && ask(rules[index], path);
    if (answer?.ignored) return true;
    if (answer?.unignored) return false;
  }
  return false;
}

function ask(rules: IgnoreRules | undefined, path: string): { ignored: boolean; unignored: boolean } | undefined {
  return rules?.patterns.test((rules.above ?? '') + path.slice(rules.folder.length));
}

/** The name of the file whose rule makes git ignore a path, some of the files with new texts; undefined when git does not ignore it. */
export function ruleFor(all: readonly IgnoreRules[], file: string, texts: ReadonlyMap<string, string> = new Map()): string | undefined {
  const current = withTexts(all, texts);
  const parents = file.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/') + (index + 1 < parts.length ? '/' : ''));
  for (const path of parents) {
    const rules = current.filter((rule) => path.startsWith(rule.folder) && path !== rule.folder);
    if (isIgnored(rules, path)) return rules.findLast((rule) => isIgnored([rule], path))?.name;
  }
  return undefined;
}

/** The rules as they are once a plan has written these files. */
function withTexts(all: readonly IgnoreRules[], texts: ReadonlyMap<string, string>): readonly IgnoreRules[] {
  const changed = [...texts].map(([file, text]) => parseRules(file.slice(0, -'.gitignore'.length), text));
  const outer = all.filter(isOuter);
  const kept = all.filter((rule) => !isOuter(rule) && !changed.some(({ folder }) => folder === rule.folder));
  return [...outer, ...[...kept, ...changed].sort((a, b) => a.folder.length - b.folder.length)];
}

function isOuter({ above }: IgnoreRules): boolean {
  return above !== undefined;
}

/**
 * What git heeds besides the .gitignore files below the root, weakest first: .git/info/exclude, then the .gitignore of every folder between
 * the top of the checkout and the root. Nothing where the root itself is ignored: somebody asked for just that folder. The user's global file
 * is left out, because the same tree must give the same plan to everybody.
 */
export function outerRules(root: string): readonly IgnoreRules[] {
  const top = topOf(root);
  if (top === undefined) return [];
  const exclude = rulesAbove(join(gitFolder(top), 'info', 'exclude'), below(top, root), '.git/info/exclude');
  const above = foldersBetween(top, root).flatMap((folder) => {
    const path = below(folder, root);
    return rulesAbove(join(folder, '.gitignore'), path, `${'../'.repeat(path.split('/').length - 1)}.gitignore`);
  });
  return above.some((rules) => rules.patterns.ignores(rules.above ?? '')) ? [] : [...exclude, ...above];
}

function rulesAbove(file: string, above: string, name: string): readonly IgnoreRules[] {
  const text = readText(file);
  return text === undefined ? [] : [{ ...parseRules('', text), above, name }];
}

function topOf(root: string): string | undefined {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    if (statSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The folders from the top of the checkout down to the parent of the root. */
function foldersBetween(top: string, root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = resolve(root); folder !== top; folder = dirname(folder)) folders.unshift(dirname(folder));
  return folders;
}

/** Path of the root below a folder: '' or a path ending in a slash. */
function below(folder: string, root: string): string {
  const names: string[] = [];
  for (let at = resolve(root); at !== folder; at = dirname(at)) names.unshift(basename(at));
  return names.map((name) => `${name}/`).join('');
}

/** Where git keeps what all worktrees of a checkout share. */
function gitFolder(top: string): string {
  const own = join(top, '.git');
  const stated = statSync(own, { throwIfNoEntry: false })?.isFile() ? /^gitdir: (.*)/m.exec(readText(own) ?? '')?.[1] : undefined;
  if (stated === undefined) return own;
  const worktree = resolve(top, stated);
  const common = readText(join(worktree, 'commondir'))?.trim();
  return common === undefined ? worktree : resolve(worktree, common);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
