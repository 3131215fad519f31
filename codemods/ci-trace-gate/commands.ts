import type { Repo } from '../../src/contract/index.ts';
import { joinPath } from '../kit/index.ts';

/** One command of a shell text. */
export interface Command {
  readonly text: string;
  /** Repository-relative folder it runs in; undefined when that is computed. */
  readonly folder: string | undefined;
}

/** A command that is a part of the gate. */
export interface GateCommand {
  readonly kind: 'check' | 'verify';
  /** How it starts the tool, e.g. `npx --no tracewright`. */
  readonly invocation: string;
  readonly folder: string | undefined;
}

/** Commands of a shell text, and of the package scripts and shell files of the repository that they run. */
export function commandsOf(text: string, folder: string | undefined, repo: Repo, depth = 0): readonly Command[] {
  let at = folder;
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n|&&|\|\||;/);
  return lines.flatMap((line) => {
    const words = line.replace(/^\s*#.*$/, '').trim();
    const plain = words.replace(/^(?:(?:sudo|time|exec|cross-env|[A-Z_][A-Z0-9_]*=\S*)\s+)+/, '');
    const [, into] = /^cd\s+["']?([^\s"']+)["']?$/.exec(plain) ?? [];
    if (into !== undefined) at = enter(at, into);
    if (plain === '' || into !== undefined) return [];
    const command = { text: plain, folder: at };
    return [command, ...(depth < 3 ? behind(command, repo).flatMap((each) => commandsOf(each.text, each.folder, repo, depth + 1)) : [])];
  });
}

function enter(folder: string | undefined, path: string): string | undefined {
  if (folder === undefined || /[$~`]|^\//.test(path)) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The package script or shell file that a command runs. */
function behind({ text, folder }: Command, repo: Repo): readonly Command[] {
  if (folder === undefined) return [];
  const [, name] = /^(?:npm|yarn|pnpm)\s+(?:run(?:-script)?\s+)?([\w:.-]+)$/.exec(text) ?? [];
  const script = name === undefined ? undefined : scriptOf(repo.read(joinPath(folder, 'package.json')), name);
  if (script !== undefined) return [{ text: script, folder }];
  const [, path] = /^(?:(?:ba|da)?sh\s+(?:-\w+\s+)*)?\.?\/?([\w./-]+\.sh)\b/.exec(text) ?? [];
  const file = path === undefined ? undefined : enter(folder, path);
  const inside = file === undefined || !repo.files.includes(file) ? undefined : repo.read(file);
  return inside === undefined ? [] : [{ text: inside.replace(/^.*\$0.*$/m, ''), folder: inside.includes('$0') ? '' : folder }];
}

function scriptOf(manifest: string | undefined, name: string): string | undefined {
  try {
    const { scripts }: { scripts?: Record<string, unknown> } = JSON.parse(manifest?.replace(/^\uFEFF/, '') ?? '{}');
    const script = scripts?.[name];
    return typeof script === 'string' ? script : undefined;
  } catch {
    return undefined;
  }
}

const testName = /(?:^|[\s:])(?:t|tst|tests?|spec|unit|coverage)(?:[:-][\w:-]+)?(?:\s|$)/;
const testRunner =
  /^(?:(?:npx|bunx|yarn|yarn run|pnpm|pnpm exec|npm exec)\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:vitest|jest|mocha|ava|tap|c8|nyc|jasmine)(?:\s|$)|^node\s+(?:\S+\s+)*--test\b/;

/** True when a command runs tests. */
export function isTest({ text }: Command): boolean {
  if (testRunner.test(text)) return true;
  return (
    /^(?:npx\s+)?(?:npm|yarn|pnpm|bun|make|nx|turbo|lerna)\s/.test(text) &&
    testName.test(text) &&
    installFolder({ text, folder: '' }) === undefined
  );
}

/** The folder whose dependencies a command installs. */
export function installFolder({ text, folder }: Command): string | undefined {
  const words = text.split(/\s+/);
  const at = words.findIndex(
    (word, index) => /^(?:--prefix|-C|--cwd|--dir)$/.test(words[index - 1] ?? '') || /^--(?:prefix|cwd|dir)=/.test(word),
  );
  const rest = words.slice(1).filter((word, index) => index + 1 !== at && !word.startsWith('-'));
  const isInstall =
    (words[0] === 'yarn' && (rest.length === 0 || rest[0] === 'install') && !/--version|-v\b/.test(text)) ||
    (words[0] === 'npm' && /^(?:ci|clean-install)$/.test(rest[0] ?? '')) ||
    (/^(?:npm|pnpm)$/.test(words[0] ?? '') && /^(?:i|install)$/.test(rest[0] ?? '') && rest.length === 1);
  if (!isInstall || /\s(?:-g|--global|--production|--prod|--omit[= ]dev)\b/.test(text)) return undefined;
  return at === -1 ? folder : enter(folder, (words[at] ?? '').replace(/^--\w+=/, ''));
}

const gateWords = /^(.*?(?:\btracewright(?:@[^\s/]+)?|\/cli\/main\.js))\s+(check|verify)\b(.*)$/;

/** The part of the gate that a command is. */
export function gateOf({ text, folder }: Command): GateCommand | undefined {
  const [, invocation, kind, rest = ''] = gateWords.exec(text) ?? [];
  if (invocation === undefined || (kind !== 'check' && kind !== 'verify') || rest.includes('--update')) return undefined;
  const words = rest
    .replace(/\s--\s.*$/, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const given = words.find(
    (word, index) => !word.startsWith('-') && !/^--(?:sarif|junit|scenario|timeout|against|report)$/.test(words[index - 1] ?? ''),
  );
  return { kind, invocation, folder: given === undefined ? folder : enter(folder, given) };
}
