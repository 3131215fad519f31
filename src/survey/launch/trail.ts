import type { ErrorCode, FlagSlot } from '../../contract/index.ts';
import type { Manifest } from '../read/manifests.ts';
import { joinPath } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import { type Decoded, slotAfter, type Word } from '../read/words.ts';
import { entryFile } from './entry-file.ts';

/** The folder a command runs in, and how its paths become repository paths (best guess first). */
export interface Place {
  readonly cwd: string;
  locate(path: string): readonly string[];
}

/** What is known on the way from a launch to Node. */
export interface Trail {
  readonly place: Place;
  readonly chain: readonly string[];
  /** Key of the script whose text is being read; undefined for the launch's own text. */
  readonly owner?: string;
  readonly preloads: readonly string[];
  readonly watches: boolean;
  /** Scripts that were followed for one launch; shared by everything that it leads to. */
  readonly followed?: { scripts: number };
  /** Words that the shell script being read was given: what `"$@"` stands for. */
  readonly args?: readonly Word[];
  /** Variables that are known where the command runs: those of ENV in an image. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Where a launch ends. */
export interface End {
  readonly chain: readonly string[];
  readonly owner?: string;
  readonly runner?: string;
  readonly watches: boolean;
  readonly preloads: readonly string[];
  readonly entry?: string;
  /** The file as written in the command. */
  readonly target?: string;
  /** Repository folder in which Node is started. */
  readonly cwd?: string;
  readonly slot?: FlagSlot;
  readonly lost?: { readonly code: ErrorCode; readonly detail: string };
  readonly isFrontEnd?: true;
  /** A file of the repository that another runtime runs. */
  readonly elsewhere?: string;
}

/** Everything a command may refer to, and how to go on with the commands inside it. */
export interface Surroundings {
  readonly reading: Reading;
  readonly manifests: readonly Manifest[];
  readonly roots: ReadonlyMap<string, string>;
  /** Follows a command given as separate words (exec form). */
  followWords(words: readonly Word[], trail: Trail): End[];
  /** Follows a shell text. */
  followText(text: Decoded, trail: Trail): End[];
}

/** Follows one kind of program. */
export type Follower = (name: string, words: readonly Word[], trail: Trail, around: Surroundings) => End[];

/** Longer chains go in circles. */
export const longestChain = 12;

export function hostPlace(dir: string): Place {
  return { cwd: dir, locate: (path) => (path.startsWith('/') ? tails(path).map((tail) => joinPath(dir, tail)) : [path]) };
}

/** An absolute path of another machine, with ever fewer leading folders. */
export function tails(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_part, index) => parts.slice(index).join('/'));
}

/** Repository paths that a path in a command may mean. */
export function located({ place }: Trail, path: string): readonly string[] {
  return place.locate(path.startsWith('/') ? path : joinPath(place.cwd, path));
}

/** Repository folder the command runs in. */
export function folderOf(trail: Trail): string {
  return trail.place.locate(trail.place.cwd)[0] ?? '';
}

export function ending(trail: Trail): End {
  const { chain, owner, watches, preloads } = trail;
  return { chain, ...(owner !== undefined && { owner }), watches, preloads };
}

/** An end at the source file behind the path that Node is given. */
export function endAtFile(target: Word, end: End, trail: Trail, { reading, manifests }: Surroundings): End {
  const path = target.value.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced?: string, plain?: string) => {
    return trail.variables?.[braced ?? plain ?? ''] ?? all;
  });
  const detail = `\`${path}\``;
  if (path.includes('$') || (target.dynamic && path === target.value))
    return { ...end, lost: { code: 'TW1007', detail: `${detail} is only known at run time` } };
  const entry = located(trail, path)
    .map((candidate) => entryFile(reading, manifests, candidate))
    .find((each) => each !== undefined);
  const cwd = trail.place.locate(trail.place.cwd).find((dir) => reading.hasDir(dir));
  const found = { ...end, target: path, ...(cwd !== undefined && { cwd }) };
  return entry === undefined ? { ...found, lost: { code: 'TW1010', detail } } : { ...found, entry };
}

/** The slot right behind a word, as part of an end. */
export function slotBehind(word: Word, { reading }: Surroundings): { slot?: FlagSlot } {
  const slot = slotAfter(word, reading.repo.read(word.file));
  return slot ? { slot } : {};
}

/** `-r a --require=b --import c` as `[a, b, c]`. */
export function preloadsIn(options: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const bare = option.replace(/^["']|["']$/g, '');
    const [, name, inline] = /^(-r|--require|--import|--loader|--experimental-loader)(?:=(.*))?$/s.exec(bare) ?? [];
    const value = inline ?? (name === undefined ? undefined : options[index + 1]);
    return value === undefined ? [] : [value.replace(/["']/g, '')];
  });
}
