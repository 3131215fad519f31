import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';

/** Checks without starting anything: a repository, what is staged in it, or what an agent is about to do. Each loads no more than it needs. */
export async function check(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const hook = invocation.text('hook');
  if (hook !== undefined) return (await import('./check-hook.ts')).answerHook(folder, hook, output);
  if (invocation.flag('staged')) return (await import('./check-staged.ts')).checkIndex(folder, invocation, output);
  return (await import('./check-tree.ts')).checkTree(folder, invocation, output);
}
