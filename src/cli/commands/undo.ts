import { typedInstall, undoInstalled } from '../../install/index.ts';
import { count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { renderNext } from '../render-next.ts';

/** Puts back every byte that apply changed. */
export async function undo({ argument: folder = '.' }: Invocation, output: Output): Promise<number> {
  const undone = undoInstalled(folder);
  const { restored, removed, recovered, installs } = undone;
  output.print(output.colors.bold(`restored: ${count(restored.length, 'file')}, removed: ${count(removed.length, 'file')}`));
  if (recovered) output.print('An interrupted apply was put back.');
  const steps = installs.map((install) => [typedInstall(folder, install), 'take out what the install put there'] as const);
  if (steps.length > 0) output.print(`\n${renderNext(steps, output)}`);
  output.printJson(undone);
  return 0;
}
