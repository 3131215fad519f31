import { slotBefore, type Word } from '../read/words.ts';
import { runners } from './programs.ts';
import { type End, endAtFile, ending, preloadsIn, type Surroundings, type Trail } from './trail.ts';

/** The words an image gives to its own `node`: flags come first, then the script. */
export function followEntryWord(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const [first] = words;
  if (first === undefined) return [];
  if ((first.value.split('/').at(-1) ?? '') in runners) return around.followWords(words, trail);
  const valued = runners['node']?.valued ?? [];
  const target = words.find((each, index) => !each.value.startsWith('-') && !valued.includes(words[index - 1]?.value ?? ''));
  if (target === undefined) return [];
  const slot = slotBefore(first, around.reading.repo.read(first.file));
  const preloads = [...trail.preloads, ...preloadsIn(words.map((each) => each.value))];
  return [endAtFile(target, { ...ending({ ...trail, preloads }), runner: 'node', ...(slot && { slot }) }, trail, around)];
}

/**
 * True when the image puts `node` before these words: distroless images always do; the entry point of the official ones does so before a
 * flag and before what is no program.
 */
export function startsNode(image: string, [first]: readonly Word[]): boolean {
  if (/distroless\/nodejs|chainguard\/node|cgr\.dev\/.*node|hardened.*node/.test(image)) return true;
  return /^(\S+\/)?node([:@]|$)/.test(image) && first !== undefined && /^-|\.[cm]?js$/.test(first.value);
}
