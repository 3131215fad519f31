import { asCalled } from './as-called.ts';
import { type Cell, columns } from './layout.ts';
import type { Output } from './output.ts';

/** Commands to run next, with what each is for. */
export function renderNext(steps: readonly (readonly [command: string, why: string])[], { colors, program }: Output): string {
  const rows = steps.map(([command, why]): Cell[] => [
    { text: asCalled(command, program), paint: colors.cyan },
    { text: asCalled(why, program), paint: colors.dim },
  ]);
  return `${colors.bold('Next')}\n${columns(rows, '  ', Number.POSITIVE_INFINITY)}`;
}
