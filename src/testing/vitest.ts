import { expect } from 'vitest';
import { matchers, type TraceMatchers } from './matchers.ts';

// A set-up file for vitest: `setupFiles: ['tracewright/testing/vitest']`.
expect.extend(matchers);

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an augmentation repeats the type parameters of what it augments
  interface Matchers<T = any> extends TraceMatchers {}
}
