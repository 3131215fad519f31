import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { orNotThere } from '../plan/read-error.ts';

/** Bytes. What we write ourselves has a few thousand; a stranger's file must not fill the memory. */
const SIZE_LIMIT = 64_000_000;

const DEPTH_LIMIT = 32;
const STEPS: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

/**
 * A file of ours in `.tracewright/`, whole and of this version; undefined when there is none. A stranger may have written it: `isWhole`
 * looks at every field that anybody reads. Throws TW2016, and TW2031 for what a newer version wrote.
 */
export function readStored<T extends { readonly format: number }>(
  root: string,
  name: string,
  isWhole: (value: T) => boolean,
  newest = 1,
): T | undefined {
  if (!isThere(root, name)) return undefined;
  try {
    const { size } = statSync(join(root, name));
    if (size > SIZE_LIMIT) throw new RangeError(`it has ${size} bytes`);
    const text = readIfThere(root, name)?.toString('utf8') ?? 'null';
    if (isDeep(text)) throw new RangeError('it is nested too deep');
    const value: T = JSON.parse(text);
    const format: unknown = value.format;
    if (typeof format === 'number' && format > newest)
      throw new TracewrightError('TW2031', `${name} has format ${format}, this version reads ${newest}`);
    if (Number.isInteger(format) && Number(format) >= 1 && isWhole(value)) return value;
  } catch (cause) {
    if (cause instanceof TracewrightError) throw cause;
    throw new TracewrightError('TW2016', name, { cause });
  }
  throw new TracewrightError('TW2016', name);
}

/** Whether JSON is nested deeper than anything we write: what is read is written again later, and that has no end on a stack. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '"') at = endOfQuoted(text, at);
    depth += STEPS[letter] ?? 0;
    if (depth > DEPTH_LIMIT) return true;
  }
  return false;
}

function endOfQuoted(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1;
  return end;
}

/** Whether anything has that name, a link that leads nowhere too. */
export function isThere(root: string, name: string): boolean {
  return orNotThere(() => lstatSync(join(root, name)), name) !== undefined;
}

/** Bytes of a regular file, or undefined when there is none: reading a pipe or a device might never end. */
export function readIfThere(root: string, file: string): Buffer | undefined {
  const path = join(root, file);
  return isRegular(path) ? readFileSync(path) : undefined;
}

function isRegular(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
