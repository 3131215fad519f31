import { describe, expect, it } from 'vitest';
import { shapes } from '../bench/growth/shapes.ts';
import { codemods } from '../codemods/index.gen.ts';
import type { Plan } from '../src/contract/index.ts';
import { composePlan } from '../src/engine/plan/compose-plan.ts';
import { memoryTree } from '../src/engine/plan/memory-tree.ts';
import { workbenchOf } from './harness/plan-fixture.ts';

function planOf(files: Readonly<Record<string, string>>): Plan {
  return composePlan(memoryTree(files), { only: [], skip: [] }, workbenchOf(codemods)).plan;
}

describe('what was cut off is said', () => {
  const tasksOf = (plan: Plan): readonly string[] =>
    plan.codemods.flatMap((each) => (each.status === 'applies' ? each.tasks.map(({ file, line, why }) => `${file}:${line} ${why}`) : []));
  const filesOf = (name: string, size: number): Readonly<Record<string, string>> =>
    shapes.find((shape) => shape.name === name)?.files(size) ?? {};

  it('where routers are mounted on each other in too many ways', () => {
    const plan = planOf(filesOf('routers mounted three times each, levels', 11));
    expect(tasksOf(plan)).toContainEqual(expect.stringMatching(/^server\.js:\d+ Routers are mounted on each other in so many ways/));
    expect(plan.routes.length).toBeLessThan(30_000);
  });

  it('where routers lead too deep', () => {
    expect(tasksOf(planOf(filesOf('functions that are handed the app', 30)))).toContainEqual(
      expect.stringMatching(/^server\.js:\d+ More than 12 routers lead to this call/),
    );
  });

  it('where scripts run each other in too many ways', () => {
    const plan = planOf(filesOf('package scripts that run the next one three times, levels', 11));
    expect(plan.problems).toContainEqual(
      expect.objectContaining({ code: 'TW1007', detail: expect.stringContaining('more than 500 ways') }),
    );
  });

  it('where scripts run each other too deep', () => {
    const plan = planOf({ ...filesOf('package scripts in a row', 20), Procfile: 'web: node server.js\n' });
    expect(plan.problems).toContainEqual(expect.objectContaining({ code: 'TW1007', detail: expect.stringContaining('more than 12 deep') }));
  });

  it('where stages copy from each other in too many ways', () => {
    const plan = planOf(filesOf('Dockerfile stages', 60));
    expect(plan.problems).toContainEqual(expect.objectContaining({ code: 'TW1007', detail: expect.stringContaining('Dockerfile') }));
  });
});
