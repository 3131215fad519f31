import type { ErrorCode, FlagSlot } from '../contract/index.ts';
import { entryFile } from './entry-file.ts';
import { property, stringValue } from './json-text.ts';
import type { Manifest, Script } from './manifests.ts';
import { nestEntry } from './nest.ts';
import { nodemonExec } from './nodemon.ts';
import { baseName, dirOf, joinPath } from './paths.ts';
import { frontEnds, hosts, ownWords, type Runner, runners, wrappers } from './programs.ts';
import type { Reading } from './reading.ts';
import { afterDashes, matchesScript, readManagerCall, runAllPatterns, type ScriptCall } from './script-calls.ts';
import { leadShell, type SimpleCommand, textOf } from './shell.ts';
import { type Decoded, decode, slotAfter, type Word } from './words.ts';

/** The folder a command runs in, and how its paths become repository paths (best guess first). */
export interface Place {
  readonly cwd: string;
  locate(path: string): readonly string[];
}

/** Everything a command may refer to. */
export interface Surroundings {
  readonly reading: Reading;
  readonly manifests: readonly Manifest[];
  readonly roots: ReadonlyMap<string, string>;
}

/** What is known on the way from a launch to Node. */
export interface Trail {
  readonly place: Place;
  readonly chain: readonly string[];
  /** Key of the script whose text is being read; undefined for the launch's own text. */
  readonly owner?: string;
  readonly preloads: readonly string[];
  readonly watches: boolean;
}

/** Where a launch ends. */
export interface End {
  readonly chain: readonly string[];
  readonly owner?: string;
  readonly runner?: string;
  readonly watches: boolean;
  readonly preloads: readonly string[];
  readonly entry?: string;
  readonly slot?: FlagSlot;
  readonly lost?: { readonly code: ErrorCode; readonly detail: string };
  readonly isFrontEnd?: true;
}

const longestChain = 12;

export function hostPlace(dir: string): Place {
  return { cwd: dir, locate: (path) => (path.startsWith('/') ? tails(path).map((tail) => joinPath(dir, tail)) : [path]) };
}

/** An absolute path of another machine, with ever fewer leading folders. */
export function tails(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_part, index) => parts.slice(index).join('/'));
}

export function scriptKey(dir: string, name: string): string {
  return `${dir}#${name}`;
}

/** Follows a shell text to the files that Node runs. */
export function followText(text: Decoded, trail: Trail, around: Surroundings): End[] {
  return leadShell(text, (command) => followCommand(command, placed(trail, command.cds), around));
}

/** Follows a command given as separate words (exec form). */
export function followWords(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  return followCommand({ env: [], words, cds: [] }, trail, around);
}

function placed(trail: Trail, cds: readonly string[]): Trail {
  if (cds.length === 0) return trail;
  const cwd = cds.reduce((at, cd) => (cd.startsWith('/') ? cd : joinPath(at, cd)), trail.place.cwd);
  return { ...trail, place: { ...trail.place, cwd } };
}

function followCommand(command: SimpleCommand, trail: Trail, around: Surroundings): End[] {
  const options = command.env.find((each) => each.name === 'NODE_OPTIONS')?.value;
  const named = options === undefined ? trail : { ...trail, preloads: [...trail.preloads, ...preloadsIn(options.split(/\s+/))] };
  return followProgram(command.words, named, around);
}

function followProgram(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const [program, ...rest] = words;
  if (program === undefined || trail.chain.length > longestChain) return [];
  const name = programName(program.value);
  const again = (inner: readonly Word[]): End[] => followProgram(inner, trail, around);
  if (/^[A-Za-z_]\w*=/.test(program.value)) return followCommand({ env: [assignment(program.value)], words: rest, cds: [] }, trail, around);
  const runner = runners[name];
  if (runner) return followRunner(name, runner, words, trail, around);
  if (name in wrappers || /^wait-for(-it)?(\.sh)?$/.test(name)) return again(unwrap(name, rest));
  if (name === 'npm' || name === 'yarn' || name === 'pnpm' || name === 'bun') {
    const call = readManagerCall(name, rest);
    if (call?.kind === 'program') return again(call.words);
    return call ? followScripts(call.call, trail, around, () => (name === 'npm' ? [] : again(skipRun(rest)))) : [];
  }
  if (/^(npm-run-all2?|run-s|run-p)$/.test(name)) return followScripts({ names: runAllPatterns(rest) }, trail, around, () => []);
  if (/^(lerna|turbo|wsrun|nx)$/.test(name)) return followEverywhere(rest, trail, around);
  if (name === 'concurrently') return followConcurrently(rest, trail, around);
  if (/^(sh|bash|ash|dash|zsh|busybox)$/.test(name)) return followShell(rest, trail, around);
  if (name === '.' || name === 'source') return [];
  if (/^(tsc-watch|tsup|tsc|chokidar|onchange)$/.test(name)) return followOnSuccess(rest, trail, around);
  if (/^pm2(-runtime|-docker|-dev)?$/.test(name)) return followPm2(rest, trail, around);
  if (name === 'nest') return rest[0]?.value === 'start' ? followNest(rest.slice(1), trail, around) : [];
  if (frontEnds.has(name)) return [{ ...ending(trail), isFrontEnd: true }];
  if (hosts.has(name)) return [{ ...ending(trail), lost: { code: 'TW1007', detail: `\`${name}\` loads the code itself` } }];
  return followFile(program, trail, around);
}

function programName(value: string): string {
  const packaged = /node_modules\/(?:\.bin\/)?((?:@[^/]+\/)?[^/]+)/.exec(value)?.[1];
  return (packaged ?? baseName(value)).replace(/\.cmd$/, '').replace(/@[\d^~].*$|(?<=.)@latest$/, '');
}

function assignment(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

export function ending(trail: Trail): End {
  return { chain: trail.chain, ...(trail.owner !== undefined && { owner: trail.owner }), watches: trail.watches, preloads: trail.preloads };
}

function skipRun(words: readonly Word[]): readonly Word[] {
  return words[0]?.value === 'run' ? words.slice(1) : words;
}

/** What a wrapper runs. */
function unwrap(name: string, words: readonly Word[]): readonly Word[] {
  if (words.some((each) => each.value === '--')) return afterDashes(words);
  const valued = wrappers[name] ?? [];
  let at = 0;
  while (words[at]?.value.startsWith('-')) at += valued.includes(words[at]?.value ?? '') ? 2 : 1;
  // `env-cmd ./.env node app.js` of its first versions.
  if (name === 'env-cmd' && /\.env|\.json$|\.rc/.test(words[at]?.value ?? '')) at++;
  if (name.startsWith('wait-for'))
    at = words.findIndex((each, index) => index > 0 && (each.value in runners || /^(npm|yarn|pnpm|sh|bash)$/.test(each.value)));
  return at === -1 ? [] : words.slice(at + (ownWords[name] ?? 0));
}

/** `-r a --require=b --import c` as `[a, b, c]`. */
export function preloadsIn(options: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const [, name, inline] =
      /^(-r|--require|--import|--loader|--experimental-loader)(?:=(.*))?$/s.exec(option.replace(/^["']|["']$/g, '')) ?? [];
    const value = inline ?? (name === undefined ? undefined : options[index + 1]);
    return value === undefined ? [] : [value.replace(/["']/g, '')];
  });
}

interface CommandLine {
  readonly options: readonly string[];
  readonly exec?: Word;
  readonly target?: Word;
  readonly rest: readonly Word[];
  /** The word after which flags go. */
  readonly last: Word;
}

function readCommandLine(words: readonly Word[], runner: Runner): CommandLine | undefined {
  let last = words[0];
  if (last === undefined) return undefined;
  const options: string[] = [];
  let exec: Word | undefined;
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (at === 1 && runner.verbs.includes(word.value)) last = word;
    else if (word.value === '--') {
      at++;
      break;
    } else if (!word.value.startsWith('-') || word.value === '-') break;
    else {
      options.push(word.value);
      const value = runner.valued.includes(word.value) ? words[++at] : undefined;
      if (value) options.push(value.value);
      if (/^(-x|--exec)$/.test(word.value)) exec = value;
    }
  }
  const target = words[at];
  return { options, last, rest: words.slice(at + 1), ...(exec && { exec }), ...(target && { target }) };
}

function followRunner(name: string, runner: Runner, words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const line = readCommandLine(words, runner);
  if (!line) return [];
  const { options, target } = line;
  const watches =
    trail.watches ||
    runner.watches ||
    options.some((each) => each.startsWith('--watch') && name !== 'nodemon') ||
    line.last.value === 'watch';
  const next = { ...trail, watches, preloads: [...trail.preloads, ...preloadsIn(options)] };
  if (name === 'nodemon') {
    const found = followNodemon(line, next, around);
    if (found) return found;
  }
  const script = options[options.indexOf('--run') + 1];
  if (options.includes('--run') && (script ?? target))
    return followScripts({ names: [script ?? target?.value ?? ''] }, next, around, () => []);
  const evaluates = /^(node|nodejs|node\.exe|tsx|babel-node)$/.test(name);
  if (
    target === undefined ||
    (evaluates && options.some((each) => /^(-e|--eval|-p|--print|-c|--check|--test|-v|--version|-h|--help|-i)$/.test(each)))
  )
    return [];
  if (/node_modules\//.test(target.value)) return followProgram([target, ...line.rest], next, around);
  const isTypeScript = /\.[cm]?tsx?$/.test(target.value);
  const ranBy = name === 'nodemon' && isTypeScript ? 'ts-node' : name.replace(/^nodejs$|^node\.exe$/, 'node');
  const slot = runner.takesNodeFlags && ranBy !== 'ts-node' ? slotAfter(line.last, around.reading.repo.read(line.last.file)) : undefined;
  return [endAtFile(target, { ...ending(next), runner: ranBy, ...(slot && { slot }) }, next, around)];
}

export function endAtFile(target: Word, end: End, trail: Trail, around: Surroundings): End {
  const detail = `\`${target.value}\``;
  if (target.dynamic || target.value.includes('$'))
    return { ...end, lost: { code: 'TW1007', detail: `${detail} is only known at run time` } };
  const { cwd, locate } = trail.place;
  const path = target.value.startsWith('/') ? target.value : joinPath(cwd, target.value);
  const entry = locate(path)
    .map((candidate) => entryFile(around.reading, around.manifests, candidate))
    .find((each) => each !== undefined);
  return entry === undefined ? { ...end, lost: { code: 'TW1010', detail } } : { ...end, entry };
}

/** nodemon's `--exec`, or the one in its configuration; undefined when it just runs a file with Node. */
function followNodemon(line: CommandLine, trail: Trail, around: Surroundings): End[] | undefined {
  const rest = line.target ? [line.target, ...line.rest] : [];
  const run = (text: Decoded): End[] => leadShell(text, (command) => followProgram([...command.words, ...rest], trail, around));
  if (line.exec) return run(textOf(line.exec, around.reading.repo.read(line.exec.file)));
  const [dir = ''] = trail.place.locate(trail.place.cwd);
  const config = line.options[line.options.indexOf('--config') + 1];
  const stated = nodemonExec(around.reading, dir, line.options.includes('--config') ? config : undefined, line.target?.value);
  if (stated) return run(stated);
  if (line.target) return undefined;
  const main = around.manifests.find((each) => each.dir === dir);
  const value = stringValue(property(main?.json.root, 'main')) ?? 'index.js';
  const slot = slotAfter(line.last, around.reading.repo.read(line.last.file));
  return [endAtFile({ ...line.last, value }, { ...ending(trail), runner: 'nodemon', ...(slot && { slot }) }, trail, around)];
}

/** The manifest a script call means, seen from where the command runs. */
function manifestsFor(call: ScriptCall, trail: Trail, around: Surroundings): Manifest[] {
  const { cwd, locate } = trail.place;
  const dirs = locate(call.dir === undefined ? cwd : call.dir.startsWith('/') ? call.dir : joinPath(cwd, call.dir));
  const here = dirs.map((dir) => around.manifests.find((each) => each.dir === dir)).find((each) => each !== undefined);
  if (call.everywhere)
    return around.manifests.filter((each) => here !== undefined && each !== here && around.roots.get(each.dir) === here.dir);
  if (call.workspace === undefined) return here ? [here] : [];
  const wanted = call.workspace
    .replace(/^\.\//, '')
    .replace(/\.{3}$/, '')
    .replace(/\/$/, '');
  return around.manifests.filter(
    (each) =>
      each.name === wanted ||
      each.dir === wanted ||
      each.dir === joinPath(here?.dir ?? '', wanted) ||
      (each.dir !== '' && each.name?.endsWith(`/${wanted}`) === true),
  );
}

function followScripts(call: ScriptCall, trail: Trail, around: Surroundings, otherwise: () => End[]): End[] {
  const found = manifestsFor(call, trail, around).flatMap((manifest) => {
    const scripts = call.names.flatMap((pattern) => manifest.scripts.filter((each) => matchesScript(pattern, each.name)));
    if (scripts.length === 0 && call.names[0] === 'start') return followServerJs(manifest, trail, around);
    return scripts.flatMap((script) => followScript(manifest, script, trail, around));
  });
  return found.length > 0 ? found : otherwise();
}

/** npm runs `node server.js` when there is no start script. */
function followServerJs(manifest: Manifest, trail: Trail, around: Surroundings): End[] {
  const file = joinPath(manifest.dir, 'server.js');
  return around.reading.has(file) ? [{ ...ending(trail), runner: 'node', entry: file }] : [];
}

/** Follows a script of a manifest, whose text becomes the owner of the flags. */
export function followScript(manifest: Manifest, script: Script, trail: Trail, around: Surroundings): End[] {
  const owner = scriptKey(manifest.dir, script.name);
  if (trail.chain.includes(script.name) && trail.owner === owner) return [];
  const text = decode(manifest.file, manifest.json.text, script.start, script.end, script.command);
  const next = { ...trail, owner, chain: [...trail.chain, script.name], place: hostPlace(manifest.dir) };
  return next.chain.length > longestChain ? [] : followText(text, next, around);
}

function followEverywhere(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const names = words.map((each) => each.value).filter((each) => !each.startsWith('-') && each !== 'run' && each !== 'exec');
  return names[0] === undefined ? [] : followScripts({ names: [names[0]], everywhere: true }, trail, around, () => []);
}

const concurrentlyValued =
  /^(-n|--names|-c|--prefix-colors|-p|--prefix|-s|--success|-m|--max-processes|-t|--timestamp-format|--restart-tries|--restart-after|-l|--prefix-length|--hide|--cwd|--kill-signal|--name-separator)$/;

function followConcurrently(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  return words.flatMap((word, index) => {
    if (word.value.startsWith('-') || concurrentlyValued.test(words[index - 1]?.value ?? '')) return [];
    const shorthand = /^(?:npm|yarn|pnpm|bun):(\S+)/.exec(word.value)?.[1];
    if (shorthand !== undefined) {
      const pattern = shorthand.replaceAll('*', '**');
      return followScripts({ names: [pattern] }, trail, around, () => []);
    }
    return followText(textOf(word, around.reading.repo.read(word.file)), trail, around);
  });
}

function followShell(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const [option, text] = words.filter((each) => each.value !== 'sh');
  if (option === undefined) return [];
  if (/^-\w*c$/.test(option.value)) return text ? followText(textOf(text, around.reading.repo.read(text.file)), trail, around) : [];
  const file = words.find((each) => !each.value.startsWith('-') && each.value !== 'sh');
  return file ? followFile(file, trail, around) : [];
}

function followOnSuccess(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const at = words.findIndex((each) => /^--on-?success$/i.test(each.value));
  const inline = words.find((each) => /^--on-?success=/i.test(each.value));
  const text = at === -1 ? inline : words[at + 1];
  if (!text) return [];
  const decoded = textOf(text, around.reading.repo.read(text.file));
  const start = inline === undefined ? 0 : decoded.text.indexOf('=') + 1;
  return followText(
    { ...decoded, text: decoded.text.slice(start), offsets: decoded.offsets.slice(start) },
    { ...trail, watches: true },
    around,
  );
}

/** `pm2 start app.js`, `pm2-runtime ecosystem.config.js`, `pm2 start npm -- start`. */
function followPm2(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const plain = words[0]?.value === 'start' || words[0]?.value === 'restart' || words[0]?.value === 'reload' ? words.slice(1) : words;
  const at = plain.findIndex(
    (each, index) =>
      !each.value.startsWith('-') &&
      !/^(-i|--instances|-n|--name|--env|-o|-e|-l|--only|--max-memory-restart|--node-args|--interpreter|--cwd)$/.test(
        plain[index - 1]?.value ?? '',
      ),
  );
  const target = plain[at];
  if (target === undefined || target.value === 'start') return [];
  if (/^(npm|yarn|pnpm)$/.test(target.value)) return followProgram([target, ...afterDashes(plain.slice(at + 1))], trail, around);
  if (/\.(json|ya?ml)$|\.config\.[cm]?js$/.test(target.value))
    return [{ ...ending(trail), chain: [...trail.chain, baseName(target.value)], runner: 'pm2' }];
  return [endAtFile(target, { ...ending(trail), runner: 'pm2' }, trail, around)];
}

function followNest(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const app = words.find((each) => !each.value.startsWith('-'))?.value;
  const watches = trail.watches || words.some((each) => /^(-w|--watch|-d|--debug)/.test(each.value));
  const [dir = ''] = trail.place.locate(trail.place.cwd);
  const entry = nestEntry(around.reading, dir, app);
  const end = { ...ending(trail), watches, runner: 'nest' };
  return [entry === undefined ? { ...end, lost: { code: 'TW1010', detail: '`nest start`' } } : { ...end, entry }];
}

/** A file that is started by its own name: a shell script is read on, a Node script is the entry. */
function followFile(program: Word, trail: Trail, around: Surroundings): End[] {
  if (program.dynamic) return [];
  const { cwd, locate } = trail.place;
  const paths = locate(program.value.startsWith('/') ? program.value : joinPath(cwd, program.value));
  const file = paths.find((each) => around.reading.has(each));
  const text = file === undefined ? undefined : around.reading.repo.read(file);
  if (file === undefined || text === undefined) return [];
  const shebang = /^\uFEFF?#!.*/.exec(text)?.[0] ?? '';
  if (/\bnode\b|\btsx\b|\bts-node\b/.test(shebang) || /\.[cm]?[jt]s$/.test(file)) {
    if (!/[/.]/.test(program.value)) return [];
    return [{ ...ending(trail), runner: 'node', entry: file }];
  }
  if (!/\.(ba)?sh$/.test(file) && !/\b(ba|a|da|z)?sh\b/.test(shebang)) return [];
  return followShellFile(file, text, trail, around);
}

function followShellFile(file: string, text: string, trail: Trail, around: Surroundings): End[] {
  if (trail.chain.includes(file)) return [];
  const place = file.includes('/') && trail.place.cwd === dirOf(file) ? hostPlace(dirOf(file)) : trail.place;
  const offsets = Array.from({ length: text.length + 1 }, (_each, index) => index);
  const ends = followText({ file, text, offsets }, { ...trail, place, chain: [...trail.chain, file] }, around);
  if (ends.length > 0) return ends;
  return /\b(node|npm|yarn|pnpm)\b/.test(text) ? [{ ...ending(trail), lost: { code: 'TW1015', detail: file } }] : [];
}
