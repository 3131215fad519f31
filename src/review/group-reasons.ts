import type { DiffReason } from '../engine/index.ts';

/** Reasons that differ in names of packages or files only. */
export interface ReasonGroup {
  /** The same for alike reasons. */
  readonly shape: string;
  readonly text: string;
}

const name = /\S*[/@`.-]\S+/g;

/** Each reason once; of alike ones the first, and the names that the others say in the place of its own. */
export function groupReasons(reasons: readonly DiffReason[]): readonly ReasonGroup[] {
  const alike = new Map<string, Set<string>>();
  for (const { codemod, why } of reasons) {
    const shape = `${codemod} ${why.replaceAll(name, '_')}`;
    alike.set(shape, (alike.get(shape) ?? new Set()).add(why));
  }
  return [...alike].map(([shape, [first = '', ...others]]) => ({
    shape,
    text: others.length === 0 ? first : `${first} The same for ${others.map((other) => namesBeside(first, other)).join(', ')}.`,
  }));
}

/** `@opentelemetry/core` in "It needs @opentelemetry/core." beside "It needs @opentelemetry/api." */
function namesBeside(first: string, other: string): string {
  const known = first.match(name) ?? [];
  const names = other.match(name) ?? [];
  return names
    .filter((each, index) => each !== known[index])
    .map((each) => each.replace(/^[("'`]+|[.,;:)"'`]+$/g, ''))
    .join(' with ');
}
