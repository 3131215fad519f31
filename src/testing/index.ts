export { expectTrace, type TraceExpectation, type WaitOptions } from './expect-trace.ts';
export type { GoldenOptions } from './judges.ts';
export { matchers, type TraceMatchers } from './matchers.ts';
export { startProgram, type TestProgram, type TestProgramOptions } from './program.ts';
export { startReceiver, type TestReceiver, type TestReceiverOptions, type TracedResponse, type TraceSource } from './receiver.ts';
export type { SpanPattern } from './span-pattern.ts';
