/** A difference that stays, whose it is and why. Ours may have no row. */
export interface KnownDifference {
  /** `<area>/<sentence>` as the suite prints it. */
  readonly program: string;
  /** `stdout`, `stderr`, `end`, `answer 1` ... */
  readonly what: string;
  readonly whose: 'Node' | 'SDK' | 'ours';
  readonly why: string;
  /** Semver range of the Node versions where it is seen; all when it is missing. */
  readonly nodes?: string;
}

export const knownDifferences: readonly KnownDifference[] = [];
