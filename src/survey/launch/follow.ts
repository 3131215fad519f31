import type { Manifest } from '../read/manifests.ts';
import { baseName, joinPath } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import type { Word } from '../read/words.ts';
import { followRunner } from './follow-runner.ts';
import { followOtherRuntime } from './follow-runtime.ts';
import { followConcurrently, followEverywhere, followManager, followRunAll } from './follow-scripts.ts';
import { followFile, followOnSuccess, followShell } from './follow-shell.ts';
import { followNest, followNx, followPm2 } from './follow-tools.ts';
import { frontEnds, hosts, ownWords, runners, wrappers } from './programs.ts';
import { afterDashes } from './script-calls.ts';
import { leadShell, type SimpleCommand, textOf } from './shell.ts';
import { type End, ending, type Follower, longestChain, preloadsIn, type Surroundings, type Trail } from './trail.ts';

/** Puts the followers together, so that each can hand on the command inside its own. */
export function surroundingsOf(reading: Reading, manifests: readonly Manifest[], roots: ReadonlyMap<string, string>): Surroundings {
  const around: Surroundings = {
    reading,
    manifests,
    roots,
    followWords: (words, trail) => followProgram(words, trail, around),
    followText: (text, trail) => leadShell(text, (command) => followCommand(command, placed(trail, command.cds), around)),
  };
  return around;
}

function placed(trail: Trail, cds: readonly string[]): Trail {
  if (cds.length === 0) return trail;
  const cwd = cds.reduce((at, cd) => (cd.startsWith('/') ? cd : joinPath(at, cd)), trail.place.cwd);
  return { ...trail, place: { ...trail.place, cwd } };
}

function followCommand(command: SimpleCommand, trail: Trail, around: Surroundings): End[] {
  const options = command.env.find((each) => each.name === 'NODE_OPTIONS')?.value;
  const named = options === undefined ? trail : { ...trail, preloads: [...trail.preloads, ...preloadsIn(options.split(/\s+/))] };
  const { args, ...rest } = named;
  return followProgram(withArguments(command.words, args ?? []), rest, around);
}

/** Puts what a script was given in the place of its `"$@"`, `$*` and `$1`. */
function withArguments(words: readonly Word[], args: readonly Word[]): readonly Word[] {
  return words.flatMap((word) => {
    if (/^\$([@*]|\{[@*]\})$/.test(word.value)) return args;
    const place = /^\$\{?(\d)\}?$/.exec(word.value)?.[1];
    return (place === undefined ? undefined : args[Number(place) - 1]) ?? word;
  });
}

/** First match wins. */
const followers: readonly (readonly [RegExp, Follower])[] = [
  [/^(npm|yarn|pnpm|bun)$/, followManager],
  [/^deno$/, followOtherRuntime],
  [/^(npm-run-all2?|run-s|run-p)$/, followRunAll],
  [/^(lerna|turbo|wsrun)$/, followEverywhere],
  [/^nx$/, followNx],
  [/^concurrently$/, followConcurrently],
  [/^(sh|bash|ash|dash|zsh|busybox)$/, followShell],
  [/^(\.|source)$/, () => []],
  [/^(tsc-watch|tsup|tsc|chokidar|onchange)$/, followOnSuccess],
  [/^pm2(-runtime|-docker|-dev)?$/, followPm2],
  [/^nest$/, followNest],
];

function followProgram(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const [program, ...rest] = words;
  if (program === undefined || trail.chain.length > longestChain) return [];
  if (/^[A-Za-z_]\w*=/.test(program.value)) return followCommand({ env: [assignment(program.value)], words: rest, cds: [] }, trail, around);
  const name = programName(program.value);
  const text = commandOf(name, rest);
  if (text) return around.followText(textOf(text, around.reading.repo.read(text.file)), trail);
  if (name in runners) return followRunner(name, words, trail, around);
  if (name in wrappers || isWaiter(name)) {
    const inner = followProgram(unwrap(name, rest), trail, around);
    // A script of the repository that has the name of a known wrapper may start the program itself.
    return inner.length > 0 ? inner : followFile(program, rest, trail, around);
  }
  const follower = followers.find(([pattern]) => pattern.test(name))?.[1];
  if (follower) return follower(name, rest, trail, around);
  if (frontEnds.has(name)) return [{ ...ending(trail), isFrontEnd: true }];
  if (hosts.has(name)) return [{ ...ending(trail), lost: { code: 'TW1007', detail: `\`${name}\` loads the code itself` } }];
  return followFile(program, rest, trail, around);
}

/** The whole command in one word: `env -S "node app.js"`, `flock file -c "node app.js"`, `cross-env-shell "node app.js"`. */
function commandOf(name: string, words: readonly Word[]): Word | undefined {
  // Without quotes `-S` takes one word, and what follows is the rest of the command.
  if (name === 'env')
    return words.find((each, index) => /\s/.test(each.value) && /^(-S|--split-string)$/.test(words[index - 1]?.value ?? ''));
  if (name === 'flock') return words.find((_each, index) => /^(-c|--command)$/.test(words[index - 1]?.value ?? ''));
  return name === 'cross-env-shell' ? words.find((each) => /\s/.test(each.value)) : undefined;
}

function programName(value: string): string {
  const packaged = /node_modules\/(?:\.bin\/)?((?:@[^/]+\/)?[^/]+)/.exec(value)?.[1];
  return (packaged ?? baseName(value)).replace(/\.cmd$/, '').replace(/(?<=.)@([\d^~].*|latest)$/, '');
}

function assignment(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

function isWaiter(name: string): boolean {
  return /^wait-for(-it)?(\.sh)?$/.test(name);
}

/** Wrappers with options of their own that we do not all know. */
const loose = /^(dapr|doppler|op|infisical|chamber|dotenv|dotenvx|mise|fnm)$/;

/** What a wrapper runs. A `--` further on belongs to the program inside. */
function unwrap(name: string, words: readonly Word[]): readonly Word[] {
  const hasDashes = words.some((each) => each.value === '--');
  if (hasDashes && (loose.test(name) || isWaiter(name))) return afterDashes(words);
  if (isWaiter(name)) return fromProgram(words);
  const valued = wrappers[name] ?? [];
  const at = afterOptions(words, valued);
  if (words[at]?.value === '--') return words.slice(at + 1);
  // `env-cmd ./.env node app.js` of its first versions.
  const isFile = name === 'env-cmd' && /\.env|\.json$|\.rc/.test(words[at]?.value ?? '');
  const inner = words.slice(at + (isFile ? 1 : (ownWords[name] ?? 0)));
  // `volta run --node 20 node app.js`: options of the wrapper's own verb.
  const behind = inner.slice(afterOptions(inner, valued));
  return behind[0]?.value === '--' ? behind.slice(1) : behind;
}

function afterOptions(words: readonly Word[], valued: readonly string[]): number {
  let at = 0;
  for (let word = words[0]?.value; word?.startsWith('-') && word !== '--'; word = words[at]?.value) at += valued.includes(word) ? 2 : 1;
  return at;
}

function fromProgram(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((each, index) => index > 0 && (each.value in runners || /^(npm|yarn|pnpm|sh|bash)$/.test(each.value)));
  return at === -1 ? [] : words.slice(at);
}
