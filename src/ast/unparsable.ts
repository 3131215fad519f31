/** Where a text that was asked for cannot be parsed. */
export interface Unparsable {
  readonly text: string;
  readonly message: string;
  readonly line: number;
}

let failures: Map<string, Unparsable[]> | undefined;

/** Does some work, and notes the texts by file that could not be parsed for it. */
export function notingUnparsable<T>(noted: Map<string, Unparsable[]>, work: () => T): T {
  const outer = failures;
  failures = noted;
  try {
    return work();
  } finally {
    failures = outer;
  }
}

/** To whoever notes what cannot be parsed. */
export function noteUnparsable(file: string, failure: Unparsable): void {
  failures?.set(file, [...(failures.get(file) ?? []), failure]);
}
