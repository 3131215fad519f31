import { mentions } from './memory-tree.ts';
import { needleBytes, needlePattern } from './needles.ts';
import { sourceKind } from './source-file.ts';

/** Bytes of matching files kept from the scan, so that they are not read again. */
const keepBudget = 32_000_000;

/** Nobody writes a source file of this size by hand. */
const sizeLimit = 1_500_000;

/** Which source files contain which needles. */
export interface SourceScan {
  mentioning(needles: readonly string[]): readonly string[];
  /** Bytes of a file that the scan read and kept. */
  kept(file: string): Buffer | undefined;
}

/** Scans lazily: all of `needles` at the first question, others when they are asked for. */
export function scanSources(files: readonly string[], read: (file: string) => Buffer | undefined, needles: readonly string[]): SourceScan {
  const sources = files.filter((file) => sourceKind(file) !== 'other');
  const hits = new Map<string, Set<string>>();
  const kept = new Map<string, Buffer>();
  let budget = keepBudget;
  const keep = (file: string, content: Buffer): void => {
    if (kept.has(file) || content.length > budget) return;
    kept.set(file, content);
    budget -= content.length;
  };
  const scanOne = (file: string, pattern: RegExp, wanted: readonly (readonly [Set<string>, string])[]): void => {
    const content = kept.get(file) ?? read(file);
    if (content === undefined || content.length > sizeLimit) return;
    const latin1 = content.toString('latin1');
    if (!mentions(file, latin1, pattern)) return;
    for (const [found, sought] of wanted) if (latin1.includes(sought)) found.add(file);
    keep(file, content);
  };
  const scan = (needles: readonly string[]): void => {
    const wanted = needles.map((needle) => [new Set<string>(), needleBytes(needle)] as const);
    const pattern = needlePattern(needles);
    for (const file of sources) scanOne(file, pattern, wanted);
    for (const [index, needle] of needles.entries()) hits.set(needle, wanted[index]?.[0] ?? new Set());
  };
  return {
    kept: (file) => kept.get(file),
    mentioning(asked) {
      const wanted = hits.size === 0 ? [...new Set([...needles, ...asked])] : [...new Set(asked)].filter((needle) => !hits.has(needle));
      if (wanted.length > 0) scan(wanted);
      return [...new Set(asked.flatMap((needle) => [...(hits.get(needle) ?? [])]))].sort();
    },
  };
}
