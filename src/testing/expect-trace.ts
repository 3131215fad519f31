import { AssertionError } from 'node:assert';
import { renderTrace, type Trace } from '../trace/index.ts';
import { type GoldenOptions, type Judge, judgeGolden, judgeOneTrace, judgePropagation, judgeSpan, settle, type Verdict } from './judges.ts';
import type { TraceSource } from './receiver.ts';
import type { SpanPattern } from './span-pattern.ts';

export interface WaitOptions {
  /** Milliseconds that spans may take to arrive while a program runs. Default 5,000. */
  readonly timeoutMs?: number;
}

/** What can be asked of traces. Each rejects with the trees in its message. */
export interface TraceExpectation {
  toHaveSpan(pattern: SpanPattern): Promise<void>;
  toBeOneTrace(): Promise<void>;
  toPropagate(from: string, to: string): Promise<void>;
  toMatchGoldenTrace(name: string, options?: GoldenOptions): Promise<void>;
}

export function verdict(source: TraceSource, judge: Judge, { timeoutMs = 5_000 }: WaitOptions = {}): Promise<Verdict> {
  return settle(source, judge, timeoutMs, (trace: Trace) => renderTrace(trace, { color: false, durations: false }));
}

/** Assertions for any test runner, for example `await expectTrace(await shop.request('/orders/1')).toBeOneTrace()`. */
export function expectTrace(source: TraceSource, options: WaitOptions = {}): TraceExpectation {
  const demand = async (judge: Judge): Promise<void> => {
    const { pass, message } = await verdict(source, judge, options);
    if (!pass) throw new AssertionError({ message });
  };
  return {
    toHaveSpan: (pattern) => demand(judgeSpan(source, pattern)),
    toBeOneTrace: () => demand(judgeOneTrace(source)),
    toPropagate: (from, to) => demand(judgePropagation(source, from, to)),
    toMatchGoldenTrace: (name, golden = {}) => demand(judgeGolden(source, name, golden)),
  };
}
