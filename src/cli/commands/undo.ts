import { undoApplied } from '../../engine/index.ts';
import { count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { renderNext } from '../render-plan.ts';

/** Puts back every byte that apply changed. */
export async function undo({ argument: folder = '.' }: Invocation, output: Output): Promise<number> {
  const undone = undoApplied(folder);
  const { restored, removed, recovered } = undone;
  output.print(output.colors.bold(`restored: ${count(restored.length, 'file')}, removed: ${count(removed.length, 'file')}`));
  if (recovered) output.print('An interrupted apply was put back.');
  output.print(`\n${renderNext([['npm install', 'or your package manager, to take out of node_modules what apply added']], output)}`);
  output.printJson(undone);
  return 0;
}
