import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import type { StepHandler } from '../engine.ts';
import { describeEnd, leftBehind, runLine } from './run-line.ts';

type Shell = StepHandler<'build' | 'test' | 'command'>;

/** Runs the package manager; once more does no harm. */
export function installStep(logs: string): StepHandler<'install'> {
  return async (step, context) => {
    const { folder, packageManager } = step.input;
    const words = [packageManager === 'yarn-berry' ? 'yarn' : packageManager, 'install'];
    const end = await runLine(step, context, { words, folder, logs });
    if (end.code === 0) return { status: 'done', output: leftBehind(end) };
    throw new TracewrightError('TW1077', `\`${words.join(' ')}\` in ${join(folder, '.')} ${describeEnd(end)}`, {
      ...(end.failure ? { cause: end.failure } : {}),
      next: 'Make that command work there, then `tracewright tasks resume`.',
    });
  };
}

/** Runs a line of the repository's own, or one that somebody named. */
export function shellStep(logs: string): Shell {
  return async (step, context) => {
    const { folder, command } = step.input;
    const end = await runLine(step, context, { words: [command], folder, logs });
    if (end.code === 0) return { status: 'done', output: leftBehind(end) };
    throw new TracewrightError('TW4009', `'${step.id}' (\`${command}\`) ${describeEnd(end)}`);
  };
}
