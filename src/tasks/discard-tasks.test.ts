import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readFolder } from '../../tests/harness/read-folder.ts';
import { type TaskRepo, taskRepo } from '../../tests/harness/task-repo.ts';
import { discardTasks, makeTasks, openTasks, readTasks } from './index.ts';

let repo: TaskRepo;
beforeEach(() => {
  repo = taskRepo({
    'package.json': '{"name":"x","scripts":{"start":"node server.js"}}\n',
    'server.js': "require('http').createServer().listen(0);\n",
  });
});
afterEach(() => repo.remove());

const choice = { only: [], skip: [] };

it('takes back what was planned and never begun, and leaves nothing of it', async () => {
  const before = readFolder(repo.root);
  expect(() => discardTasks(repo.root, false)).toThrow(/TW4001/);
  await makeTasks(repo.root, choice, false);
  expect(readTasks(repo.root)?.state).toBe('new');
  expect(discardTasks(repo.root, false)).toEqual({});
  expect(readFolder(repo.root)).toEqual(before);
  expect(readTasks(repo.root)).toBeUndefined();
});

it('takes back what was begun only on request, and loses nothing of it', async () => {
  const lines = [
    { id: 'one', line: 'echo one >> $E' },
    { id: 'two', line: 'false', after: ['one'] },
  ];
  repo.plan(lines);
  await openTasks(repo.root).run();
  const journal = join(repo.root, '.tracewright/tasks/journal.ndjson');
  const told = readFileSync(journal, 'utf8');
  expect(() => discardTasks(repo.root, false)).toThrow(/TW4014.*1 of 2 steps are done/);
  const graph = readFileSync(join(repo.root, '.tracewright/tasks/graph.json'), 'utf8');

  const { kept = '' } = discardTasks(repo.root, true);
  expect(readTasks(repo.root)).toBeUndefined();
  expect(readFileSync(join(repo.root, '.tracewright/tasks', kept), 'utf8')).toBe(graph);
  expect(readFileSync(journal, 'utf8')).toBe(told);

  // Planned again, what is done is not done again.
  repo.plan(lines);
  await openTasks(repo.root).run({ resume: true });
  expect(repo.effects()).toEqual(['one']);
});

it('a graph that cannot be read may have been begun, so it is kept', () => {
  repo.plan([{ id: 'one', line: 'true' }]);
  const file = join(repo.root, '.tracewright/tasks/graph.json');
  writeFileSync(file, '{');
  expect(() => discardTasks(repo.root, false)).toThrow(/TW4014/);
  const { kept = '' } = discardTasks(repo.root, true);
  expect(existsSync(file)).toBe(false);
  expect(readFileSync(join(repo.root, '.tracewright/tasks', kept), 'utf8')).toBe('{');
});
