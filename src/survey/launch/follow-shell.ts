import { dirOf } from '../read/paths.ts';
import type { Word } from '../read/words.ts';
import { textOf } from './shell.ts';
import { type End, ending, type Follower, hostPlace, located, type Surroundings, type Trail } from './trail.ts';

/** `sh -c "…"` and `bash run.sh`. */
export const followShell: Follower = (_name, words, trail, around) => {
  const own = words.filter((each) => each.value !== 'sh');
  const at = own.findIndex((each) => /^-\w*c$/.test(each.value));
  const text = at === -1 ? undefined : own[at + 1];
  if (text) return around.followText(textOf(text, around.reading.repo.read(text.file)), trail);
  const place = own.findIndex((each) => !each.value.startsWith('-'));
  const file = own[place];
  return file && at === -1 ? followFile(file, own.slice(place + 1), trail, around) : [];
};

/** `tsc-watch --onSuccess "node dist/main.js"`. */
export const followOnSuccess: Follower = (_name, words, trail, around) => {
  const at = words.findIndex((each) => /^(--on-?success|-c|--command)(=|$)/i.test(each.value));
  const option = words[at];
  const isInline = option?.value.includes('=') === true;
  const text = isInline ? option : words[at + 1];
  if (!option || !text) return [];
  const decoded = textOf(text, around.reading.repo.read(text.file));
  const start = isInline ? decoded.text.indexOf('=') + 1 : 0;
  return around.followText(
    { ...decoded, text: decoded.text.slice(start), offsets: decoded.offsets.slice(start) },
    { ...trail, watches: true },
  );
};

/** A file that is started by its own name, with what it is given: a shell script is read on, a Node script is the entry. */
export function followFile(program: Word, args: readonly Word[], trail: Trail, around: Surroundings): End[] {
  const { reading } = around;
  if (program.dynamic) return [];
  const file = located(trail, program.value).find((each) => reading.has(each));
  const text = file === undefined ? undefined : reading.repo.read(file);
  if (file === undefined || text === undefined) return [];
  const shebang = /^\uFEFF?#!.*/.exec(text)?.[0] ?? '';
  if (/\b(node|tsx|ts-node)\b/.test(shebang)) return [{ ...ending(trail), runner: 'node', entry: file }];
  return /\.(ba)?sh$/.test(file) || /\b(ba|a|da|z)?sh\b/.test(shebang) ? followShellFile(file, text, { ...trail, args }, around) : [];
}

function followShellFile(file: string, text: string, trail: Trail, around: Surroundings): End[] {
  if (trail.chain.includes(file)) return [];
  const changesFolder = /^\s*cd\s+["']?\$\(?.*(dirname|BASH_SOURCE)/m.test(text);
  const place = changesFolder ? hostPlace(dirOf(file)) : trail.place;
  const offsets = Array.from({ length: text.length + 1 }, (_each, index) => index);
  const ends = around.followText({ file, text, offsets }, { ...trail, place, chain: [...trail.chain, file] });
  // What it hands over to is not given here: an image below the one that names the program.
  if (ends.length > 0 || ((trail.args ?? []).length === 0 && /^\s*exec\s+"?\$[@*]/m.test(text))) return ends;
  return /\b(node|npm|yarn|pnpm)\b/.test(text) ? [{ ...ending(trail), lost: { code: 'TW1015', detail: file } }] : [];
}
