import { TracewrightError } from '../contract/index.ts';
import { findRunner } from './claim.ts';
import type { TaskHome } from './home.ts';

/** Nobody changes the graph under a runner. Throws TW4007. */
export function refuseWhileRun(home: TaskHome): void {
  const runner = findRunner(home);
  if (runner !== undefined) throw new TracewrightError('TW4007', `process ${runner.pid} runs them`);
}
