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
    program: 'loggers/pino-writes-the-same-lines',
    what: 'stdout',
    whose: 'SDK',
    why: 'The official instrumentation of pino writes trace_id, span_id and trace_flags into each line, which is what it is for.',
    // The one of SDK 1 leaves pino 10 alone.
    nodes: '>=20',
  },
  {
    program: 'loggers/winston-formats-and-transports-write-the-same',
    what: 'stdout',
    whose: 'SDK',
    why: 'The official instrumentation of winston writes trace_id, span_id and trace_flags into each line, which is what it is for.',
  },
  {
    program: 'loggers/winston-formats-and-transports-write-the-same',
    what: 'answer 1',
    whose: 'SDK',
    why: 'It sends the records through a transport of its own, which stands beside those of the program.',
    // Under SDK 3 that transport is not added.
    nodes: '<22.15',
  },
  {
    program: 'seen/a-long-stack-trace-shows-who-called',
    what: 'answer 1',
    whose: 'ours',
    why: 'Below the listener stand two more frames, `AsyncLocalStorage.run` of Node and one `emit` of ours: its context begins there, and `enterWith` would leak it into the next request of the connection.',
  },
  {
    program: 'seen/a-handler-without-a-name-is-called-what-node-calls-it',
    what: 'answer 1',
    whose: 'ours',
    why: 'V8 makes up a name for a function without one from what stands around it, and `traceHttp(handler, { routes })` stands around it.',
  },
  {
    program: 'seen/a-proxy-around-a-request-is-asked-for-what-express-reads (Express 4)',
    what: 'answer 1',
    whose: 'ours',
    why: 'Express hands the proxy on, and what we know of the request is found by a symbol. In a WeakMap it would not be found behind a proxy, and cost 0.6 to 1 us more per request.',
  },
];
