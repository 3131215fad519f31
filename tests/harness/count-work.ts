import { type Profiler, Session } from 'node:inspector';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Optimised code does not count every call, and what is thrown away with its bytecode is lost.
for (const flag of ['--no-opt', '--no-maglev', '--no-sparkplug', '--no-flush-bytecode']) setFlagsFromString(flag);

const ROOT = join(import.meta.dirname, '../..');

/** This repository and the readers it uses; not the scanner of characters, which works on long texts only, and not the test runner. */
const OWN = /^\/(?:src\/(?!ast\/(?:nesting|tokens))|codemods\/|node_modules\/(?:yaml|semver|jsonc-parser|dockerfile-ast|unbash)\/)/;

/** How often functions and blocks ran while it worked: the same number on every machine, whatever else runs there. */
export function countWork(work: () => void): number {
  const session = new Session();
  session.connect();
  const post = (method: string, params = {}): unknown => {
    let answer: unknown;
    session.post(method, params, (error, result) => {
      if (error) throw error;
      answer = result;
    });
    return answer;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  try {
    work();
    const { result } = post('Profiler.takePreciseCoverage') as Profiler.TakePreciseCoverageReturnType;
    const own = result.filter(({ url }) => OWN.test(url.split(ROOT)[1] ?? ''));
    return own.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges)).reduce((sum, { count }) => sum + count, 0);
  } finally {
    post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}
