import { verdict } from './expect-trace.ts';
import { type GoldenOptions, type Judge, judgeGolden, judgeOneTrace, judgePropagation, judgeSpan } from './judges.ts';
import type { TraceSource } from './receiver.ts';
import type { SpanPattern } from './span-pattern.ts';

/** As vitest and jest want a matcher's answer. */
export interface MatcherAnswer {
  readonly pass: boolean;
  message(): string;
}

/** The matchers as they appear on `expect(...)`; await them. */
export interface TraceMatchers<R = Promise<void>> {
  toHaveSpan(pattern: SpanPattern): R;
  toBeOneTrace(): R;
  toPropagate(from: string, to: string): R;
  toMatchGoldenTrace(name: string, options?: GoldenOptions): R;
}

async function answer(source: TraceSource, judge: Judge): Promise<MatcherAnswer> {
  const { pass, message } = await verdict(source, judge);
  return { pass, message: () => message };
}

/** For `expect.extend(matchers)` of vitest and jest. */
export const matchers: {
  toHaveSpan(source: TraceSource, pattern: SpanPattern): Promise<MatcherAnswer>;
  toBeOneTrace(source: TraceSource): Promise<MatcherAnswer>;
  toPropagate(source: TraceSource, from: string, to: string): Promise<MatcherAnswer>;
  toMatchGoldenTrace(source: TraceSource, name: string, options?: GoldenOptions): Promise<MatcherAnswer>;
} = {
  toHaveSpan: (source, pattern) => answer(source, judgeSpan(source, pattern)),
  toBeOneTrace: (source) => answer(source, judgeOneTrace(source)),
  toPropagate: (source, from, to) => answer(source, judgePropagation(source, from, to)),
  toMatchGoldenTrace: (source, name, options = {}) => answer(source, judgeGolden(source, name, options)),
};
