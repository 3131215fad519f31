import { matchers, type TraceMatchers } from './matchers.ts';

// A set-up file for jest: `setupFilesAfterEnv: ['tracewright/testing/jest']`, run with --experimental-vm-modules.
const given: unknown = Reflect.get(globalThis, 'expect');
if (typeof given === 'function' && 'extend' in given && typeof given.extend === 'function') given.extend(matchers);

declare global {
  namespace jest {
    interface Matchers<R> extends TraceMatchers {}
  }
}
