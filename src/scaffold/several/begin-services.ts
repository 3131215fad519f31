import { join } from 'node:path';
import type { Applied, NewService, Plan } from '../../contract/index.ts';
import { type FileDiff, undoApplied, type Workbench } from '../../engine/index.ts';
import { beginService, planNewService } from '../begin-service.ts';
import { leavePlace, missingAbove } from '../new-place.ts';
import { newServiceWorkbench } from '../workbench.ts';
import { partsOf } from './parts.ts';
import { severalWorkbench } from './workbench.ts';

/** The plan of one folder of several. */
export interface FolderPlan {
  /** Below the folder of all; '' is that folder. */
  readonly folder: string;
  readonly plan: Plan;
  readonly workbench: Workbench;
  readonly diffs: readonly FileDiff[];
}

/** Plans the folder that holds several services, and each of them. Writes nothing. */
export function planServices(folder: string, answers: NewService): readonly FolderPlan[] {
  const whole = [{ folder: '', service: answers }, ...partsOf(answers)];
  return whole.map((part) => {
    const workbench = part.folder === '' ? severalWorkbench(answers) : newServiceWorkbench(part.service);
    const { plan, diffs } = planNewService(join(folder, part.folder), part.service, workbench);
    return { folder: part.folder, plan, workbench, diffs: diffs.map((diff) => ({ ...diff, file: join(part.folder, diff.file) })) };
  });
}

/** Writes all of them; when one cannot be written, those before it are taken away again. */
export function beginServices(folder: string, plans: readonly FolderPlan[]): readonly Applied[] {
  const done: { readonly path: string; readonly applied: Applied }[] = [];
  const missing = plans.flatMap((each) => missingAbove(join(folder, each.folder)));
  try {
    for (const each of plans) {
      const path = join(folder, each.folder);
      done.push({ path, applied: beginService(path, each.plan, each.workbench) });
    }
    return done.map(({ applied }) => applied);
  } catch (error) {
    for (const { path } of done.reverse()) undoApplied(path);
    leavePlace([...new Set(missing)].sort());
    throw error;
  }
}
