import type { Problem, Repo } from '../../contract/index.ts';

/** A Repo as the engine needs it: also the bytes, and what could not be read. */
export interface Tree extends Repo {
  /** Bytes of a regular file inside the root, ignored or not; undefined when there is none. */
  bytes(file: string): Uint8Array | undefined;
  /** The .gitignore by which git would ignore a file of that name, some of them with new texts; undefined when it would not. */
  ignoredBy(file: string, texts?: ReadonlyMap<string, string>): string | undefined;
  /** Symbolic links to places outside of the root, in path order. */
  readonly outward: readonly string[];
  /** Files that were asked for and could not be read as text, in path order. */
  problems(): readonly Problem[];
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of bytes with the BOM kept; undefined when they are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The problem to report for a file whose bytes are not text. */
export function notUtf8(file: string): Problem {
  return { code: 'TW2012', detail: file, evidence: { file, line: 1 } };
}

/** The problem to report for a folder below the root that has a `.git` of its own. */
export function otherCheckout(folder: string): Problem {
  return { code: 'TW2030', detail: folder, evidence: { file: folder, line: 1 } };
}

/** The problem to report for a file that would end every parser. */
export function tooDeep(file: string): Problem {
  return { code: 'TW2033', detail: file, evidence: { file, line: 1 } };
}

/** The problem to report for a file that nobody wrote by hand. */
export function tooLarge(file: string): Problem {
  return { code: 'TW2025', detail: file, evidence: { file, line: 1 } };
}
