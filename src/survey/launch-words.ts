import { runners } from './programs.ts';
import { type End, endAtFile, ending, preloadsIn, type Surroundings, type Trail } from './trail.ts';
import { slotBefore, type Word } from './words.ts';

/** The words an image gives to its own `node`: flags come first, then the script. */
export function followEntryWord(words: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const [first] = words;
  if (first === undefined) return [];
  if ((first.value.split('/').at(-1) ?? '') in runners) return around.followWords(words, trail);
  const target = words.find((each) => !each.value.startsWith('-'));
  if (target === undefined) return [];
  const slot = slotBefore(first, around.reading.repo.read(first.file));
  const preloads = [...trail.preloads, ...preloadsIn(words.map((each) => each.value))];
  return [endAtFile(target, { ...ending({ ...trail, preloads }), runner: 'node', ...(slot && { slot }) }, trail, around)];
}
