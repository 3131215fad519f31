// A set-up file for jest: `setupFilesAfterEnv: ['tracewright/testing/jest']`, no flag needed.
import type { TraceMatchers } from './index.ts' with { 'resolution-mode': 'import' };

const testing: { readonly matchers: Record<keyof TraceMatchers, unknown> } = require(
  `./index${__filename.slice(__filename.lastIndexOf('.'))}`,
);

const given: unknown = Reflect.get(globalThis, 'expect');
if (typeof given === 'function' && 'extend' in given && typeof given.extend === 'function') given.extend(testing.matchers);
