import type { TaskOptions } from '../../tasks/index.ts';
import type { Invocation } from '../parse-words.ts';

/** The folder of an action that takes nothing else. */
export function folderOf({ others }: Invocation): string {
  return others[0] ?? '.';
}

/** The choices of `tasks plan`. */
export function taskOptions(invocation: Invocation): TaskOptions {
  const branch = invocation.text('branch');
  const command = invocation.text('command');
  const deploy = invocation.text('deploy');
  return {
    only: invocation.list('only'),
    with: invocation.list('with'),
    skip: invocation.list('skip'),
    gate: invocation.flag('gate'),
    skipTests: invocation.flag('skipTests'),
    repositories: invocation.list('repo'),
    propagates: invocation.list('propagates'),
    ...(branch === undefined ? {} : { branch }),
    ...(command === undefined ? {} : { command }),
    ...(deploy === undefined ? {} : { deploy }),
  };
}
