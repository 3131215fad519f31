import { mentions } from './memory-tree.ts';
import { needlePattern } from './needles.ts';
import { sourceKind } from './source-file.ts';

/** UTF-16 code units of source text kept in memory, so that a question with new needles reads nothing again. */
const keepBudget = 40_000_000;

/** Nobody writes a source file of this size by hand. */
const sizeLimit = 1_500_000;

/** Which source files contain which needles. */
export interface SourceScan {
  mentioning(needles: readonly string[]): readonly string[];
  /** Text of a file that the scan read and kept; invalid bytes are U+FFFD. */
  kept(file: string): string | undefined;
}

/** Scans lazily: all of `needles` at the first question; a question about some of them looks at the files that have any. */
export function scanSources(files: readonly string[], read: (file: string) => string | undefined, needles: readonly string[]): SourceScan {
  const sources = files.filter((file) => sourceKind(file) !== 'other');
  const texts = new Map<string, string>();
  const answers = new Map<string, readonly string[]>();
  const known = new Set(needles);
  let candidates: readonly string[] | undefined;
  let budget = keepBudget;
  const textOf = (file: string): string => {
    const before = texts.get(file);
    if (before !== undefined) return before;
    const text = read(file) ?? '';
    const size = text.length > sizeLimit ? 0 : text.length;
    if (size <= budget) {
      texts.set(file, size === 0 ? '' : text);
      budget -= size;
    }
    return size === 0 ? '' : text;
  };
  const scan = (among: readonly string[], asked: Iterable<string>): readonly string[] => {
    const pattern = needlePattern(asked);
    return among.filter((file) => mentions(file, textOf(file), pattern));
  };
  const answer = (asked: readonly string[]): readonly string[] => {
    if (asked.some((needle) => !known.has(needle))) return scan(sources, asked);
    candidates ??= scan(sources, known);
    const pattern = needlePattern(asked);
    return candidates.filter((file) => pattern.test(textOf(file)));
  };
  return {
    kept: (file) => texts.get(file) || undefined,
    mentioning(asked) {
      const question = JSON.stringify(asked);
      const found = answers.get(question) ?? [...answer(asked)].sort();
      answers.set(question, found);
      return found;
    },
  };
}
