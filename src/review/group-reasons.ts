import type { DiffReason } from '../engine/index.ts';

/** Reasons that differ in names of packages or files only. */
export interface ReasonGroup {
  /** The same for alike reasons. */
  readonly shape: string;
  readonly text: string;
}

/** Each reason once; of alike ones the first, and how many more there are. */
export function groupReasons(reasons: readonly DiffReason[]): readonly ReasonGroup[] {
  const alike = new Map<string, Set<string>>();
  for (const { codemod, why } of reasons) {
    const shape = `${codemod} ${why.replaceAll(/\S*[/@`.-]\S+/g, '_')}`;
    alike.set(shape, (alike.get(shape) ?? new Set()).add(why));
  }
  return [...alike].map(([shape, [first = '', ...others]]) => ({
    shape,
    text: others.length === 0 ? first : `${first} (and ${others.length} more like it)`,
  }));
}
