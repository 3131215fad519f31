import { describe, expect, it } from 'vitest';
import { shapes } from '../bench/growth/shapes.ts';
import { codemods } from '../codemods/index.gen.ts';
import type { Plan } from '../src/contract/index.ts';
import { composePlan } from '../src/engine/plan/compose-plan.ts';
import { memoryTree } from '../src/engine/plan/memory-tree.ts';
import { countWork } from './harness/count-work.ts';
import { workbenchOf } from './harness/plan-fixture.ts';

function planOf(files: Readonly<Record<string, string>>): Plan {
  return composePlan(memoryTree(files), { only: [], skip: [] }, workbenchOf(codemods)).plan;
}

/** Where twice the size is more than twice the work to be done, and why. */
const steeper: Readonly<Record<string, readonly [ratio: number, why: string]>> = {
  'files that export * from each other in a ring': [4, 'every file names every other: the text itself is four times as long'],
  'one variable that is set again and again': [
    4,
    'each read of the variable asks each value that was written; time grows by less than 2.3',
  ],
  'package scripts that run the next one three times, levels': [4, 'below the size from which ways are cut off'],
  Dockerfiles: [3, 'the COPY of each image is compared with the name of each file'],
  workspaces: [3, 'each service is compared with the name of each file'],
  'workspaces that load each other in a ring': [3, 'the same'],
};

describe('twice the size is at most 2.3 times the work of planning', () => {
  planOf(filesOf('mounts with a parameter', 3));

  it.each(shapes.map(({ name, size }) => [name, Math.max(8, Math.ceil(size / 8))] as const))('%s', (name, size) => {
    const [once, twice] = [size, size * 2].map((each) => {
      const files = filesOf(name, each);
      return countWork(() => planOf(files));
    });
    expect(once).toBeGreaterThan(1000);
    expect(Number(twice) / Number(once)).toBeLessThan(steeper[name]?.[0] ?? 2.3);
  });

  it('has no exception for what is not there', () => {
    expect(Object.keys(steeper).filter((name) => !shapes.some((shape) => shape.name === name))).toEqual([]);
  });
});

function filesOf(name: string, size: number): Readonly<Record<string, string>> {
  return shapes.find((shape) => shape.name === name)?.files(size) ?? {};
}

describe('what was cut off is said', () => {
  const tasksOf = (plan: Plan): readonly string[] =>
    plan.codemods.flatMap((each) => (each.status === 'applies' ? each.tasks.map(({ file, line, why }) => `${file}:${line} ${why}`) : []));

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
