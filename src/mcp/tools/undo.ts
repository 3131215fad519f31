import { nextCall } from '../answer.ts';
import { refuseWhileRunning } from '../background/continue-work.ts';
import { forgetDiffs } from '../save-diff.ts';
import { objectSchema, root } from '../schema.ts';
import { steady } from '../steady.ts';
import { takePage } from '../take-page.ts';
import type { Tool } from '../tool.ts';

export const undo: Tool = {
  name: 'undo',
  title: 'Undo apply',
  description:
    'Restores every byte that apply changed, from the receipt in the repository, or nothing: refused when a file it changed was edited since. Also puts back an interrupted apply. Runs nothing; afterwards the package manager takes the packages out of node_modules.',
  inputSchema: objectSchema({ root }, ['root']),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  call: async (_input, call) => {
    const { path, name } = call.root;
    refuseWhileRunning(path);
    const { describeInstall, undoInstalled } = await import('../../install/index.ts');
    const { restored, removed, recovered, installs } = await call.scope.traced('tracewright undo', () => undoInstalled(path));
    forgetDiffs(path);
    const some = (items: readonly unknown[]): readonly unknown[] => takePage(steady(items, path), '', 0, 1_500).items;
    return {
      restored: restored.length,
      removed: removed.length,
      ...(recovered && { recovered }),
      files: some([...restored, ...removed].sort()),
      installs: some(installs.map(describeInstall)),
      done: true,
      next: nextCall('plan', { root: name }, 'The repository is as it was before; this shows again what would change.'),
    };
  },
};
