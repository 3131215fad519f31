import { mentions } from './memory-tree.ts';
import { needlePattern } from './needles.ts';
import { sourceKind } from './source-file.ts';

/** UTF-16 code units of source text kept in memory, so that a question with new needles reads nothing again. */
const keepBudget = 40_000_000;

/** The same of files without any of the needles that were foreseen. */
const keepBudgetOfOthers = 20_000_000;

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
  const left = { hits: keepBudget, others: keepBudgetOfOthers };
  let candidates: readonly string[] | undefined;
  const load = (file: string): string => {
    const text = read(file) ?? '';
    return text.length > sizeLimit ? '' : text;
  };
  const keep = (file: string, text: string, kind: keyof typeof left): void => {
    if (text.length > left[kind]) return;
    texts.set(file, text);
    left[kind] -= text.length;
  };
  const foresee = (): readonly string[] => {
    const pattern = needlePattern(known);
    return sources.filter((file) => {
      const text = load(file);
      const isHit = mentions(file, text, pattern);
      keep(file, text, isHit ? 'hits' : 'others');
      return isHit;
    });
  };
  const answer = (asked: readonly string[]): readonly string[] => {
    candidates ??= foresee();
    const pattern = needlePattern(asked);
    const textOf = (file: string): string => texts.get(file) ?? load(file);
    if (asked.every((needle) => known.has(needle))) return candidates.filter((file) => pattern.test(textOf(file)));
    return sources.filter((file) => mentions(file, textOf(file), pattern));
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
