import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempRepo } from '../../../tests/harness/temp-repo.ts';
import { applyPlan, createPlan, dismissTask, leftTasks, type OpenTask, readDismissed, shippedWorkbench } from '../index.ts';

const manifest = {
  name: 'shop',
  scripts: { start: 'node server.js' },
  dependencies: { redis: '5.1.0', pg: '7.18.2' },
  engines: { node: '>=16' },
};
const server = "const redis = require('redis');\nconst pg = require('pg');\nmodule.exports = [redis, pg];\nsetInterval(() => {}, 1000);\n";

/** What is left after apply, when nothing more is to be written. */
function migrated(): { root: string; left: () => readonly OpenTask[]; remove: () => void } {
  const { root, remove } = tempRepo({ 'package.json': JSON.stringify(manifest, null, 2), 'server.js': server });
  const options = { only: [], skip: [] };
  applyPlan(root, createPlan(root, options), { allowDirty: true });
  const left = (): ReturnType<typeof leftTasks> => leftTasks(root, createPlan(root, options), shippedWorkbench);
  return { root, left, remove };
}

const reasons = (tasks: readonly { why: string }[]): readonly string[] => tasks.map(({ why }) => why.split(' ').slice(0, 2).join(' '));

describe('what was left to a person', () => {
  it('is named after apply, though the plan has nothing more to say of it', () => {
    const { left, remove } = migrated();
    expect(reasons(left()).toSorted()).toEqual(['pg 7.18.2', 'redis 5.1.0']);
    remove();
  });

  it('is named no more once it is done', () => {
    const { root, left, remove } = migrated();
    const lock = { lockfileVersion: 3, packages: { 'node_modules/pg': { version: '8.11.0' }, 'node_modules/redis': { version: '5.1.0' } } };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
    expect(reasons(left()).toSorted()).toEqual(['pg was', 'redis 5.1.0']);
    remove();
  });

  it('is named no more once somebody dismissed it, and again when that is taken back', () => {
    const { root, left, remove } = migrated();
    const open = left();
    const [first] = open;
    dismissTask(root, first?.id ?? '', 'it goes in May', open);
    expect(left().map(({ id }) => id)).toEqual(open.slice(1).map(({ id }) => id));
    expect(readDismissed(root)).toMatchObject([{ task: first?.id, why: 'it goes in May', file: 'package.json' }]);
    expect(readFileSync(join(root, '.tracewright/dismissed.json'), 'utf8')).not.toContain(root);
    expect(() => dismissTask(root, 't-000000', 'no', left())).toThrow(expect.objectContaining({ code: 'TW2034' }));
    rmSync(join(root, '.tracewright/dismissed.json'));
    expect(left()).toHaveLength(2);
    remove();
  });

  it('stays when its file was edited since, as nobody can tell', () => {
    const { root, left, remove } = migrated();
    const file = join(root, 'package.json');
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    expect(left()).toHaveLength(2);
    remove();
  });
});
