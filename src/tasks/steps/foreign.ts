import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { folderIn } from '../../engine/apply/place.ts';
import type { StepHandler } from '../engine.ts';
import { gitWord } from '../git.ts';
import { describeEnd, leftBehind, runLine } from './run-line.ts';

type Shell = StepHandler<'build' | 'test' | 'command'>;

/** Runs the package manager. Where it was ended in the middle it starts anew: it takes packages that are half there for whole ones. */
export function installStep(home: string): StepHandler<'install'> {
  return async (step, context) => {
    const { folder, packageManager } = step.input;
    const words = [packageManager === 'yarn-berry' ? 'yarn' : packageManager, 'install'];
    if (context.earlier > 0) await removeModules(folderIn(context.root, folder));
    const end = await runLine(step, context, { words, folder, home });
    if (end.code === 0) return { status: 'done', output: leftBehind(end) };
    throw new TracewrightError('TW1077', `\`${words.join(' ')}\` in ${join(folder, '.')} ${describeEnd(end)}`, {
      ...(end.failure ? { cause: end.failure } : {}),
      next: 'Make that command work there, then `tracewright tasks resume`.',
    });
  };
}

/** What is installed in a folder and in the packages below it, unless git holds it; a link to a shared folder stays as well. */
async function removeModules(folder: string): Promise<void> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === '.git') continue;
    const path = join(folder, entry.name);
    if (entry.name !== 'node_modules') await removeModules(path);
    else if ((await gitWord(folder, ['ls-files', '--', 'node_modules'])) === '') rmSync(path, { recursive: true, force: true });
  }
}

/** Runs a line of the repository's own, or one that somebody named. */
export function shellStep(home: string): Shell {
  return async (step, context) => {
    const { folder, command } = step.input;
    const end = await runLine(step, context, { words: [command], folder, home });
    if (end.code === 0) return { status: 'done', output: leftBehind(end) };
    throw new TracewrightError('TW4009', `'${step.id}' (\`${command}\`) ${describeEnd(end)}`);
  };
}
