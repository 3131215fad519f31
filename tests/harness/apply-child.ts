import { applyPlan, createPlan, undoApplied } from '../../src/engine/index.ts';
import { tinyMark, tinyRemark, tinyWorkbench } from './tiny-codemods.ts';

// A child process for the crash tests: <apply|reapply|undo> <root>. Planning is done before the kill is armed.
const [action, root = ''] = process.argv.slice(2);
const arm: unknown = Reflect.get(globalThis, 'armKill');
const start = (): void => {
  if (typeof arm === 'function') arm();
};

if (action === 'undo') {
  start();
  undoApplied(root);
} else {
  const workbench = tinyWorkbench(action === 'reapply' ? [tinyMark, tinyRemark] : [tinyMark]);
  const plan = createPlan(root, { only: [], skip: [] }, workbench);
  start();
  applyPlan(root, plan, { allowDirty: true }, workbench);
}
