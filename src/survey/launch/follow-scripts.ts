import type { Manifest, Script } from '../read/manifests.ts';
import { joinPath } from '../read/paths.ts';
import { type Decoded, decode, type Word } from '../read/words.ts';
import { followOtherRuntime } from './follow-runtime.ts';
import { matchesScript, readManagerCall, runAllPatterns, type ScriptCall } from './script-calls.ts';
import { textOf } from './shell.ts';
import { type End, ending, type Follower, hostPlace, located, longestChain, type Surroundings, type Trail } from './trail.ts';

export function scriptKey(dir: string, name: string): string {
  return `${dir}#${name}`;
}

/** `npm run x`, `yarn x`, `pnpm exec y`. */
export const followManager: Follower = (name, words, trail, around) => {
  const call = readManagerCall(name, words);
  if (call?.kind === 'program') return around.followWords(call.words, trail);
  const program = words[0]?.value === 'run' ? words.slice(1) : words;
  // Yarn and pnpm run a program of that name when there is no such script.
  const otherwise = (): End[] => {
    if (name === 'npm') return [];
    const foreign = name === 'bun' ? followOtherRuntime(name, words, trail, around) : [];
    return foreign.length > 0 ? foreign : around.followWords(program, trail);
  };
  return call ? followScripts(call.call, trail, around, otherwise) : [];
};

export const followRunAll: Follower = (_name, words, trail, around) =>
  followScripts({ names: runAllPatterns(words) }, trail, around, () => []);

/** `lerna run start`, `turbo run start`: every workspace that has the script. */
export const followEverywhere: Follower = (_name, words, trail, around) => {
  const name = words.map((each) => each.value).find((each) => !each.startsWith('-') && each !== 'run' && each !== 'exec');
  return name === undefined ? [] : followScripts({ names: [name], everywhere: true }, trail, around, () => []);
};

const concurrentlyValued =
  /^(-n|--names|-c|--prefix-colors|-p|--prefix|-s|--success|-m|--max-processes|-t|--timestamp-format|--restart-tries|--restart-after|-l|--prefix-length|--hide|--cwd|--kill-signal|--name-separator)$/;

export const followConcurrently: Follower = (_name, words, trail, around) => {
  const commands = words.filter((word, index) => !word.value.startsWith('-') && !concurrentlyValued.test(words[index - 1]?.value ?? ''));
  return commands.flatMap((word) => {
    const shorthand = /^(?:npm|yarn|pnpm|bun):(\S+)/.exec(word.value)?.[1];
    if (shorthand === undefined) return around.followText(textOf(word, around.reading.repo.read(word.file)), trail);
    return followScripts({ names: [shorthand.replaceAll('*', '**')] }, trail, around, () => []);
  });
};

/** The manifests a script call means, seen from where the command runs. */
function manifestsFor(call: ScriptCall, trail: Trail, around: Surroundings): Manifest[] {
  const dirs = located(trail, call.dir ?? '.');
  const here = dirs.map((dir) => around.manifests.find((each) => each.dir === dir)).find((each) => each !== undefined);
  if (call.everywhere)
    return around.manifests.filter((each) => here !== undefined && each !== here && around.roots.get(each.dir) === here.dir);
  if (call.workspace === undefined) return here ? [here] : [];
  return around.manifests.filter((each) => isWorkspace(each, call.workspace ?? '', here?.dir ?? ''));
}

/** By name, by the end of a scoped name, or by folder. */
function isWorkspace(manifest: Manifest, written: string, from: string): boolean {
  const wanted = written
    .replace(/^\.\//, '')
    .replace(/\.{3}$/, '')
    .replace(/\/$/, '');
  if (manifest.dir === '') return manifest.name === wanted;
  return (
    manifest.name === wanted ||
    manifest.name?.endsWith(`/${wanted}`) === true ||
    manifest.dir === wanted ||
    manifest.dir === joinPath(from, wanted)
  );
}

/** Every script the call names; `otherwise` when there is none. */
export function followScripts(call: ScriptCall, trail: Trail, around: Surroundings, otherwise: () => End[]): End[] {
  const found = manifestsFor(call, trail, around).flatMap((manifest) => {
    const scripts = call.names.flatMap((pattern) => scriptsOf(manifest, pattern));
    if (scripts.length === 0 && call.names[0] === 'start') return followServerJs(manifest, trail, around);
    return scripts.flatMap((script) => followScript(manifest, script, trail, around, call.args));
  });
  return found.length > 0 ? found : otherwise();
}

const named = new WeakMap<Manifest, ReadonlyMap<string, readonly Script[]>>();

function scriptsOf(manifest: Manifest, pattern: string): readonly Script[] {
  if (pattern.includes('*')) return manifest.scripts.filter((each) => matchesScript(pattern, each.name));
  const scripts = named.get(manifest) ?? byName(manifest.scripts);
  named.set(manifest, scripts);
  return scripts.get(pattern) ?? [];
}

function byName(scripts: readonly Script[]): ReadonlyMap<string, readonly Script[]> {
  const found = new Map<string, Script[]>();
  for (const script of scripts) {
    const same = found.get(script.name) ?? [];
    same.push(script);
    found.set(script.name, same);
  }
  return found;
}

/** npm runs `node server.js` when there is no start script. */
function followServerJs(manifest: Manifest, trail: Trail, around: Surroundings): End[] {
  const file = joinPath(manifest.dir, 'server.js');
  return around.reading.has(file) ? [{ ...ending(trail), runner: 'node', entry: file }] : [];
}

/** Follows a script of a manifest, whose text becomes the owner of the flags. */
export function followScript(manifest: Manifest, script: Script, trail: Trail, around: Surroundings, args: readonly Word[] = []): End[] {
  const owner = scriptKey(manifest.dir, script.name);
  if (trail.owner === owner || isTooLong(script, trail, around) || isEnough(manifest, script, trail, around)) return [];
  const text = decode(manifest.file, manifest.json.text, script.start, script.end, script.command);
  const place = hostPlace(manifest.dir);
  return around.followText(withWords(text, args), { ...trail, owner, chain: [...trail.chain, script.name], place });
}

/** A chain that comes back to a script goes in circles; one that does not is said to be too long. */
function isTooLong(script: Script, { chain }: Trail, { reading }: Surroundings): boolean {
  if (chain.length < longestChain) return false;
  const detail = `${chain[0] ?? script.name}: its scripts run each other more than ${longestChain} deep; \`${script.name}\` was not followed`;
  if (!chain.includes(script.name)) reading.report('TW1007', detail, script.evidence);
  return true;
}

/** Scripts that one launch may run. Those that run each other lead on in ever more ways. */
const enough = 500;

function isEnough(manifest: Manifest, script: Script, { followed, chain }: Trail, { reading }: Surroundings): boolean {
  if (followed === undefined || followed.scripts++ < enough) return false;
  if (followed.scripts > enough + 1) return true;
  const detail = `${chain[0] ?? script.name}: it runs scripts in more than ${enough} ways; \`${script.name}\` in ${manifest.file} and what came after it were not followed`;
  reading.report('TW1007', detail, script.evidence);
  return true;
}

/** A command with words at its end that stand elsewhere: nothing can be written beside them here. */
function withWords(text: Decoded, words: readonly Word[]): Decoded {
  const added = words.map(({ value, dynamic }) => (dynamic ? ` "${value}"` : ` '${value.replaceAll("'", "'\\''")}'`)).join('');
  return added === '' ? text : { ...text, text: text.text + added, offsets: text.offsets.slice(0, text.text.length) };
}
