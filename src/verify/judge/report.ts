import type { ErrorCode, ExpectedSpan, Route } from '../../contract/index.ts';
import type { ServiceScore } from '../../score/index.ts';
import type { Difference, Drops, Trace } from '../../trace/index.ts';
import type { Exit } from '../run/stop-program.ts';

/** One question that `verify` answers. `skip`: it could not be asked here, and `summary` says why. */
export interface Check {
  readonly id:
    | 'requests-answered'
    | 'code-reached'
    | 'loaded-first'
    | 'expected-spans'
    | 'one-trace-per-request'
    | 'requests-apart'
    | 'no-orphans'
    | 'server-span-names'
    | 'clean-exit'
    | 'same-behaviour'
    | 'golden-trace'
    | 'nothing-dropped';
  readonly status: 'pass' | 'warn' | 'fail' | 'skip';
  readonly summary: string;
  readonly details: readonly string[];
  readonly next?: string;
  readonly code?: ErrorCode;
}

/** A place of the program of which this run saw nothing. */
export interface LeftSite {
  readonly kind: 'route' | 'program' | 'call' | 'span' | 'task';
  readonly site: string;
  /** `file:line`. */
  readonly place?: string;
  readonly why: string;
}

export interface Verdict {
  readonly state: 'verified' | 'nothing proven' | 'faults';
  /** `verified`, `verified, 3 left`, `nothing proven`, `2 of 12 checks failed`. */
  readonly text: string;
  readonly left: readonly LeftSite[];
}

export interface RequestReport {
  readonly scenario: string;
  readonly service: string;
  /** `METHOD /path`. */
  readonly request: string;
  readonly status?: number;
  /** A command of the scenario: `status` is its exit code. */
  readonly isCommand?: true;
  readonly error?: string;
  /** What it caused; undefined when no span of it arrived. */
  readonly trace?: Trace;
}

export interface ServiceReport {
  readonly name: string;
  readonly command: string;
  readonly port?: number;
  readonly exit: Exit;
}

/** One way in which the other version answered or ended differently. */
export interface BehaviourDifference {
  readonly where: string;
  readonly what: 'status' | 'content-type' | 'body' | 'answer' | 'stdout' | 'exit';
  readonly before: string;
  readonly after: string;
}

export interface GoldenReport {
  readonly scenario: string;
  /** Repository-relative. */
  readonly file: string;
  readonly status: 'equal' | 'differs' | 'missing' | 'written';
  readonly differences: readonly Difference[];
  /** The recorded tree with the differences at their place, as text. */
  readonly diff?: string;
}

export interface VerifyReport {
  /** No check failed. */
  readonly ok: boolean;
  readonly verdict: Verdict;
  readonly setup: 'tracewright.yaml' | 'derived';
  readonly notes: readonly string[];
  readonly checks: readonly Check[];
  readonly services: readonly ServiceReport[];
  readonly requests: readonly RequestReport[];
  /** Traces that belong to no request: start-up work, timers, and whatever lost its trace. */
  readonly otherTraces: readonly Trace[];
  readonly golden: readonly GoldenReport[];
  readonly against?: { readonly ref: string; readonly differences: readonly BehaviourDifference[] };
  /** Instrumentation Score and noise budget of each service. */
  readonly scores?: readonly ServiceScore[];
  readonly spans: number;
  readonly logs: number;
  readonly drops: Drops;
}

/** The spans that one applied codemod promised. */
export interface Expectation {
  readonly codemod: string;
  readonly expects: readonly ExpectedSpan[];
}

export interface VerifyOptions {
  /** Only this scenario. */
  readonly scenario?: string;
  /** A git ref to compare status, body, stdout and exit with. */
  readonly against?: string;
  /** Never create or change a golden trace; a missing one is a fault. Default: whether CI=true. */
  readonly frozen?: boolean;
  /** `recordRepo` writes golden traces only, no starter tracewright.yaml. */
  readonly update?: boolean;
  /** Routes to drive when there is no tracewright.yaml. Default: those of the tree as it is. */
  readonly routes?: readonly Route[];
  /** Default: those of the codemods in the receipt. */
  readonly expectations?: readonly Expectation[];
  /** Run the build script of compiled services first. Default true. */
  readonly build?: boolean;
  /** Milliseconds a program may take to listen (default 30,000), to answer (10,000), and to end after SIGTERM (10,000). */
  readonly readyMs?: number;
  readonly requestMs?: number;
  readonly stopMs?: number;
  /** Environment the programs start from. Default: process.env. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ends everything that was started. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}
