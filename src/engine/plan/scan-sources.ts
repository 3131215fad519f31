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

/** Scans lazily: all of `needles` at the first question, others when they are asked for. */
export function scanSources(files: readonly string[], read: (file: string) => string | undefined, needles: readonly string[]): SourceScan {
  const sources = files.filter((file) => sourceKind(file) !== 'other');
  const hits = new Map<string, Set<string>>();
  const texts = new Map<string, string>();
  const answers = new Map<string, readonly string[]>();
  let budget = keepBudget;
  const textOf = (file: string): string => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const text = read(file) ?? '';
    const size = text.length > sizeLimit ? 0 : text.length;
    if (size <= budget) {
      texts.set(file, size === 0 ? '' : text);
      budget -= size;
    }
    return size === 0 ? '' : text;
  };
  const scan = (asked: readonly string[]): void => {
    const pattern = needlePattern(asked);
    const found = sources.filter((file) => mentions(file, textOf(file), pattern));
    for (const needle of asked) hits.set(needle, new Set(found.filter((file) => textOf(file).includes(needle))));
  };
  return {
    kept: (file) => texts.get(file) || undefined,
    mentioning(asked) {
      const wanted = hits.size === 0 ? [...new Set([...needles, ...asked])] : [...new Set(asked)].filter((needle) => !hits.has(needle));
      if (wanted.length > 0) scan(wanted);
      const question = JSON.stringify(asked);
      const found = answers.get(question) ?? [...new Set(asked.flatMap((needle) => [...(hits.get(needle) ?? [])]))].sort();
      answers.set(question, found);
      return found;
    },
  };
}
