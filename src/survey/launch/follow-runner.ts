import { property, stringValue } from '../read/json-text.ts';
import type { Decoded, Word } from '../read/words.ts';
import { followScripts } from './follow-scripts.ts';
import { nodemonExec } from './nodemon.ts';
import { type Runner, runners } from './programs.ts';
import { leadShell, textOf } from './shell.ts';
import { type End, endAtFile, ending, type Follower, folderOf, preloadsIn, type Surroundings, slotBehind, type Trail } from './trail.ts';

interface CommandLine {
  readonly options: readonly string[];
  /** Value of nodemon's `--exec`. */
  readonly exec?: Word;
  readonly target?: Word;
  readonly rest: readonly Word[];
  /** The word after which flags go. */
  readonly last: Word;
}

/** `node app.js`, `tsx watch src/main.ts`, `nodemon`: a program that runs a file with Node.js. */
export const followRunner: Follower = (name, words, trail, around) => {
  const runner = runners[name];
  const line = runner && readCommandLine(words, runner);
  if (!line) return [];
  const next = {
    ...trail,
    watches: trail.watches || watches(name, runner, line),
    preloads: [...trail.preloads, ...preloadsIn(line.options)],
  };
  const found = name === 'nodemon' ? followNodemon(line, next, around) : undefined;
  if (found) return found;
  const script = line.options
    .find((option, index) => line.options[index - 1] === '--run' || option.startsWith('--run='))
    ?.replace(/^--run=/, '');
  if (script !== undefined) return followScripts({ names: [script] }, next, around, () => []);
  return line.target === undefined || evaluates(name, line.options) ? [] : followTarget(name, runner, line, line.target, next, around);
};

function followTarget(name: string, runner: Runner, line: CommandLine, target: Word, trail: Trail, around: Surroundings): End[] {
  if (/node_modules\//.test(target.value)) return around.followWords([target, ...line.rest], trail);
  // nodemon hands TypeScript to ts-node.
  const ranBy = name === 'nodemon' && /\.[cm]?tsx?$/.test(target.value) ? 'ts-node' : name.replace(/^nodejs$|^node\.exe$/, 'node');
  // `nodemon node app.js` runs the file, but there is no place in it for a flag: nodemon takes what a flag names for the file, or as an argument.
  const takesFlags = runner.takesNodeFlags && ranBy !== 'ts-node' && !(name === 'nodemon' && line.last.value === 'node');
  const slot = takesFlags ? slotBehind(line.last, around) : {};
  return [endAtFile(target, { ...ending(trail), runner: ranBy, ...slot }, trail, around)];
}

function watches(name: string, runner: Runner, { options, last }: CommandLine): boolean {
  return runner.watches || last.value === 'watch' || (name !== 'nodemon' && options.some((each) => each.startsWith('--watch')));
}

/** True when Node runs no file: `node -e`, `node --test`. */
function evaluates(name: string, options: readonly string[]): boolean {
  if (!/^(node|nodejs|node\.exe|tsx|babel-node)$/.test(name)) return false;
  return options.some((each) => /^(-e|--eval|-p|--print|-c|--check|--test|-v|--version|-h|--help|-i)$/.test(each));
}

function readCommandLine(words: readonly Word[], runner: Runner): CommandLine | undefined {
  const [program, second] = words;
  if (program === undefined) return undefined;
  const hasVerb = second !== undefined && runner.verbs.includes(second.value);
  const { options, at, exec } = readOptions(words, hasVerb ? 2 : 1, runner);
  const target = words[at];
  return { options, last: hasVerb ? second : program, rest: words.slice(at + 1), ...(exec && { exec }), ...(target && { target }) };
}

function readOptions(words: readonly Word[], from: number, runner: Runner): { options: string[]; at: number; exec?: Word | undefined } {
  const options: string[] = [];
  let exec: Word | undefined;
  for (let at = from; ; at++) {
    const value = words[at]?.value;
    if (value === '--') return { options, at: at + 1, exec };
    if (value === undefined || !(value.startsWith('-') || holdsOptions(value, words[at + 1])) || value === '-')
      return { options, at, exec };
    options.push(value);
    const isValued = runner.valued.includes(value) || isConfig(value, words[at + 1]) || /^(true|false)$/.test(words[at + 1]?.value ?? '');
    const argument = isValued ? words[++at] : undefined;
    if (argument) options.push(argument.value);
    if (/^(-x|--exec)$/.test(value)) exec = argument;
  }
}

/** `node $NODE_OPTS app.js`: a variable that is called so holds flags, and what follows is the file. */
function holdsOptions(value: string, next: Word | undefined): boolean {
  return next !== undefined && /^\$\{?\w*(OPTS?|OPTIONS|ARGS|ARGUMENTS|FLAGS)\w*(:-[^}]*)?\}?$/i.test(value);
}

/** Node 22 takes the next word, 24 and 26 only what stands after `=`: they would run the configuration itself. */
function isConfig(option: string, next: Word | undefined): boolean {
  return option === '--experimental-config-file' && next?.value.endsWith('.json') === true;
}

/** nodemon's `--exec`, the one in its configuration, or `main`; undefined when it just runs a file with Node. */
function followNodemon(line: CommandLine, trail: Trail, around: Surroundings): End[] | undefined {
  const rest = line.target ? [line.target, ...line.rest] : [];
  const run = (text: Decoded): End[] => leadShell(text, (command) => around.followWords([...command.words, ...rest], trail));
  if (line.exec) return run(textOf(line.exec, around.reading.repo.read(line.exec.file)));
  const dir = folderOf(trail);
  const config = line.options.find((_option, index) => line.options[index - 1] === '--config');
  const stated = nodemonExec(around.reading, dir, config, line.target?.value);
  if (stated) return run(stated);
  if (line.target) return undefined;
  const manifest = around.manifests.find((each) => each.dir === dir);
  const value = stringValue(property(manifest?.json.root, 'main')) ?? 'index.js';
  return [endAtFile({ ...line.last, value }, { ...ending(trail), runner: 'nodemon', ...slotBehind(line.last, around) }, trail, around)];
}
