import { TracewrightError } from '../contract/index.ts';
import type { VerifyOptions } from '../verify/index.ts';
import type { Invocation } from './parse-words.ts';

/** `--scenario` and `--timeout` as options of verify and record. */
export function driveOf(invocation: Invocation): VerifyOptions {
  const scenario = invocation.text('scenario');
  const timeout = invocation.text('timeout');
  const seconds = Number(timeout);
  if (timeout !== undefined && !(seconds > 0 && seconds <= 86_400))
    throw new TracewrightError('TW1072', `--timeout ${timeout} is not a number of seconds`);
  return { ...(scenario === undefined ? {} : { scenario }), ...(timeout === undefined ? {} : { readyMs: seconds * 1000 }) };
}
