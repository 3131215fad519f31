import type { Word } from '../read/words.ts';

/** `npm run x`, `yarn x`, `pnpm --filter api x`, `npm-run-all x:*`: which scripts are asked for, and where. */
export interface ScriptCall {
  /** Script names or patterns (`start:*`). */
  readonly names: readonly string[];
  /** Folder given by `--prefix`, `-C`, `--cwd`. */
  readonly dir?: string;
  /** Package name, folder or filter of a workspace. */
  readonly workspace?: string;
  /** Every workspace that has the script. */
  readonly everywhere?: boolean;
  /** Words that the script's command gets at its end. */
  readonly args?: readonly Word[];
}

/** What a package manager is asked to do: a script, or a program with its own words. */
export type ManagerCall =
  | { readonly kind: 'scripts'; readonly call: ScriptCall }
  | { readonly kind: 'program'; readonly words: readonly Word[] }
  | undefined;

const npmVerbs = new Set('run run-script rum urn start restart'.split(' '));
const yarnBuiltIns = new Set(
  'add audit autoclean bin cache check config create dlx generate-lock-entry global help import info init install licenses link list login logout outdated owner pack policies publish remove set tag team unlink unplug upgrade upgrade-interactive up version versions why workspaces rebuild dedupe plugin'.split(
    ' ',
  ),
);
const pnpmBuiltIns = new Set(
  'add audit bin build-index config create deploy dedupe env fetch i import init install it licenses link list ls outdated pack patch prune publish rebuild recursive remove root server setup store test t unlink update up why m multi'.split(
    ' ',
  ),
);
const dirOptions = new Set(['--prefix', '-C', '--cwd', '--dir']);
const workspaceOptions = new Set(['-w', '--workspace', '--filter', '-F']);
const everywhereOptions = new Set(['-ws', '--workspaces', '-r', '--recursive', '--parallel']);

interface Options {
  dir?: string;
  workspace?: string;
  everywhere?: boolean;
}

/** Reads the options before the verb; returns what is left. */
function readOptions(words: readonly Word[], options: Options): readonly Word[] {
  const word = words[0]?.value ?? '';
  if (!word.startsWith('-') || word === '--') return words;
  const [name = '', inline] = word.split(/=(.*)/s);
  if (everywhereOptions.has(name)) options.everywhere = true;
  if (!dirOptions.has(name) && !workspaceOptions.has(name)) return readOptions(words.slice(1), options);
  const value = inline ?? words[1]?.value;
  if (value !== undefined) options[dirOptions.has(name) ? 'dir' : 'workspace'] = value;
  return readOptions(words.slice(inline === undefined ? 2 : 1), options);
}

export function readManagerCall(manager: string, words: readonly Word[]): ManagerCall {
  const options: Options = {};
  const [verb, ...rest] = readOptions(words, options);
  if (manager === 'npm') return npmCall(verb, rest, options);
  return manager === 'yarn' ? yarnCall(verb, rest, options) : pnpmCall(verb, rest, options);
}

function scripts(name: string | undefined, options: Options, args: readonly Word[] = []): ManagerCall {
  return name === undefined ? undefined : { kind: 'scripts', call: { names: [name], ...options, ...(args.length > 0 && { args }) } };
}

function npmCall(verb: Word | undefined, rest: readonly Word[], options: Options): ManagerCall {
  if (verb?.value === 'exec' || verb?.value === 'x') return { kind: 'program', words: afterDashes(rest) };
  if (verb === undefined || !npmVerbs.has(verb.value)) return undefined;
  const after = readOptions(rest, options);
  if (verb.value === 'start' || verb.value === 'restart') {
    readOptions(after, options);
    return scripts('start', options, npmArguments(after));
  }
  const [name, ...more] = after;
  // npm accepts its options after the script name as well: `npm run start -w api`.
  readOptions(more, options);
  return scripts(name?.value, options, npmArguments(more));
}

/** npm hands on what is no option, and everything behind `--`. */
function npmArguments(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((each) => each.value === '--');
  const own = at === -1 ? words : words.slice(0, at);
  const handed = own.filter((each, index) => !each.value.startsWith('-') && !takesValue(own[index - 1]?.value));
  return [...handed, ...(at === -1 ? [] : words.slice(at + 1))];
}

function takesValue(option: string | undefined): boolean {
  return option !== undefined && (dirOptions.has(option) || workspaceOptions.has(option));
}

function yarnCall(verb: Word | undefined, rest: readonly Word[], options: Options): ManagerCall {
  if (verb === undefined) return undefined;
  if (verb.value === 'workspace') {
    const [workspace, ...more] = rest;
    return workspace && readManagerCall('yarn', more) ? withWorkspace(readManagerCall('yarn', more), workspace.value) : undefined;
  }
  if (verb.value === 'workspaces') {
    const at = rest.findIndex((each) => each.value === 'run');
    return at === -1 ? undefined : scripts(rest[at + 1]?.value, { everywhere: true });
  }
  if (verb.value === 'run') return runOrProgram(readOptions(rest, options), options);
  if (verb.value === 'node' || verb.value === 'exec')
    return { kind: 'program', words: verb.value === 'node' ? [verb, ...rest] : afterDashes(rest) };
  return yarnBuiltIns.has(verb.value) ? undefined : runOrProgram([verb, ...rest], options);
}

function pnpmCall(verb: Word | undefined, rest: readonly Word[], options: Options): ManagerCall {
  if (verb === undefined || pnpmBuiltIns.has(verb.value)) return undefined;
  if (verb.value === 'exec' || verb.value === 'dlx') return { kind: 'program', words: afterDashes(rest) };
  if (verb.value === 'run' || verb.value === 'run-script') return runOrProgram(readOptions(rest, options), options);
  return runOrProgram([verb, ...rest], options);
}

/** `yarn x`: the script x, or else the program x. The caller tries the script first. */
function runOrProgram(words: readonly Word[], options: Options): ManagerCall {
  const [name, ...rest] = words;
  return scripts(name?.value, options, rest[0]?.value === '--' ? rest.slice(1) : rest);
}

function withWorkspace(call: ManagerCall, workspace: string): ManagerCall {
  return call?.kind === 'scripts' ? { kind: 'scripts', call: { ...call.call, workspace } } : call;
}

export function afterDashes(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((each) => each.value === '--');
  return at === -1 ? words : words.slice(at + 1);
}

const sequenceValued = new Set(['--max-parallel', '--config', '-l', '--aggregate-output']);

/** Script patterns of `npm-run-all`, `run-s` and `run-p`. */
export function runAllPatterns(words: readonly Word[]): string[] {
  const end = words.findIndex((each) => each.value === '--');
  const own = end === -1 ? words : words.slice(0, end);
  return own
    .filter((each, index) => !each.value.startsWith('-') && !sequenceValued.has(own[index - 1]?.value ?? ''))
    .map((each) => each.value.split(' ')[0] ?? '');
}

/** `start:*` and `start:**` of npm-run-all, `start-*` of concurrently. */
export function matchesScript(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const source = pattern.replace(/\*\*|\*|[.+?^$()|[\]\\{}]/g, (token) => (token === '**' ? '.*' : token === '*' ? '[^:]*' : `\\${token}`));
  return new RegExp(`^${source}$`).test(name) && !/^\*/.test(name);
}
