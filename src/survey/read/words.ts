import type { FlagSlot } from '../../contract/index.ts';

/** One word of a command and where it stands in its file; `start` is -1 when that is unknown. */
export interface Word {
  readonly value: string;
  /** True when the shell replaces part of it. */
  readonly dynamic: boolean;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly form: FlagSlot['form'];
  readonly indent?: string;
}

/** Text decoded from a stretch of a file (a JSON or YAML string, a quoted shell word), with the offset of every character. */
export interface Decoded {
  readonly file: string;
  readonly text: string;
  /** Offsets of each character, and of the end. Empty when decoded and written text could not be matched. */
  readonly offsets: readonly number[];
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Finds each character of `decoded` in raw[start, end), passing over quotes, backslashes, indentation and line breaks. */
export function decode(file: string, raw: string, start: number, end: number, decoded: string): Decoded {
  const offsets: number[] = [];
  let at = start;
  for (const character of decoded.split('')) {
    while (at < end && widthOf(raw, at, character) === 0 && /["'\\\s]/.test(raw[at] ?? '')) at++;
    const width = at < end ? widthOf(raw, at, character) : 0;
    if (width === 0) return { file, text: decoded, offsets: [] };
    offsets.push(at);
    at += width;
  }
  return { file, text: decoded, offsets: [...offsets, at] };
}

/** How many written characters stand for `character` at `at`; 0 when something else stands there. */
function widthOf(raw: string, at: number, character: string): number {
  const next = raw[at + 1] ?? '';
  if (raw[at] === '\\' && (escapes[next] === character || next === character)) return 2;
  if (raw[at] === character) return 1;
  return /\s/.test(character) && /\s/.test(raw[at] ?? '') ? 1 : 0;
}

/** A part of a decoded text as a word. */
export function wordIn(decoded: Decoded, start: number, end: number, value: string, dynamic: boolean): Word {
  const from = decoded.offsets[start] ?? -1;
  // After the last character, not before the next one: quotes and escapes may stand between them.
  const last = decoded.offsets[end - 1];
  return { value, dynamic, file: decoded.file, start: from, end: last === undefined ? -1 : last + 1, form: 'shell' };
}

/** Flags can be written right after a word only where the file really shows it. */
export function slotAfter(word: Word, raw: string | undefined): FlagSlot | undefined {
  if (raw === undefined || word.start < 0 || word.end < 0 || word.dynamic) return undefined;
  const written = raw.slice(word.start, word.end);
  const isLiteral = word.form === 'shell' ? written === word.value : unquoted(written) === word.value;
  return isLiteral ? slotAt(word, word.end) : undefined;
}

/** Flags that must come before a word, because no program is written in front of it. */
export function slotBefore(word: Word, raw: string | undefined): FlagSlot | undefined {
  const after = slotAfter(word, raw);
  return after && { ...after, offset: word.start, position: 'before' };
}

function slotAt(word: Word, offset: number): FlagSlot {
  return { file: word.file, offset, form: word.form, ...(word.indent !== undefined && { indent: word.indent }) };
}

function unquoted(written: string): string {
  return /^(["']).*\1$/s.test(written) ? written.slice(1, -1) : written;
}

/** The text that puts flags into a slot. */
export function flagText(slot: FlagSlot, flags: readonly string[]): string {
  const [before, after] = slot.around ?? ['', ''];
  if (slot.form === 'shell') {
    const joined = flags.join(' ');
    if (slot.around) return before + joined + after;
    return slot.position === 'before' ? `${joined} ` : ` ${joined}`;
  }
  if (slot.form === 'json') {
    const joined = flags.map((flag) => (before === '' ? JSON.stringify(flag) : `${before}${flag}${after}`)).join(', ');
    return slot.position === 'before' ? `${joined}, ` : `, ${joined}`;
  }
  const indent = slot.indent ?? '';
  return slot.position === 'before'
    ? flags.map((flag) => `${flag}\n${indent}- `).join('')
    : flags.map((flag) => `\n${indent}- ${flag}`).join('');
}
