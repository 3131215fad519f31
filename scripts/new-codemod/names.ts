/** What the parts of a new codemod are called. */
export interface Names {
  readonly id: string;
  /** npm name of the library. */
  readonly library: string;
  /** Entry of the middleware: `@tracewright/middleware/<entry>`. */
  readonly entry: string;
  /** Function of the middleware that is given the value: `tracePolka`. */
  readonly trace: string;
  /** What the library is called in code: `polka`. */
  readonly local: string;
  readonly kind: Kind;
}

export const kinds = ['server', 'client', 'messaging', 'log'] as const;
export type Kind = (typeof kinds)[number];

/** By the id, `<target>-<outcome>`, and the library, which is the target unless it is said. */
export function namesOf(id: string, kind: Kind, library: string): Names {
  const words = library
    .replace(/^@/, '')
    .split(/[^a-z0-9]+/i)
    .filter(Boolean);
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const local = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  return { id, kind, library, entry: words.join('-').toLowerCase(), trace: `trace${pascal}`, local };
}
