/** A difference that stays, whose it is and why. */
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

export const knownDifferences: readonly KnownDifference[] = [
  {
    program: 'seen/a-callback-of-node-shows-its-trampoline',
    what: 'stdout',
    whose: 'Node',
    why: 'Up to Node 22 its AsyncLocalStorage uses its async hooks, and while anything does, Node calls back through `callbackTrampoline`, the outermost frame.',
    nodes: '<24',
  },
  {
    program: 'async/a-timer-that-is-printed-shows-what-node-keeps-on-it',
    what: 'stdout',
    whose: 'Node',
    why: 'Its AsyncLocalStorage keeps stores as a property of timers, sockets and other resources, which is printed with them.',
  },
];
