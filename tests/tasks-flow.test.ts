import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { makeTasks, openTasks, readTasks, renderMermaid, renderTree, summarizeTasks, summaryOf } from '../src/tasks/index.ts';
import { runCli } from './harness/run-cli.ts';
import { type TaskLine, type TaskRepo, taskRepo } from './harness/task-repo.ts';

const repos: TaskRepo[] = [];

afterEach(() => {
  for (const repo of repos.splice(0)) repo.remove();
});

function repoOf(files: Readonly<Record<string, string>>, steps: readonly TaskLine[] = []): TaskRepo {
  const repo = taskRepo(files);
  repos.push(repo);
  if (steps.length > 0) repo.plan(steps);
  return repo;
}

const app = {
  'package.json': '{"name":"shop","scripts":{"start":"node server.js","test":"node --test"}}\n',
  'server.js': "const http = require('http');\nhttp.createServer((q, r) => r.end('ok')).listen(process.env.PORT);\n",
};
const options = { only: [], skip: [] };

it('the same tree gives the same graph, with the gates and lines that were asked for', async () => {
  const repo = repoOf(app);
  const first = await makeTasks(repo.root, { ...options, gate: true, command: 'npm run lint', deploy: './deploy.sh' }, false);
  const bytes = readFileSync(join(repo.root, '.tracewright/tasks/graph.json'));
  expect(first.graph.steps.map(({ id, after }) => `${id} < ${after.join(' ')}`)).toEqual([
    'survey < ',
    'plan < survey',
    'apply < plan',
    'install < apply',
    'test < install',
    'verify < test',
    'record < verify',
    'command < record',
    'gate < command',
    'commit < gate',
    'approve-deploy < commit',
    'deploy < approve-deploy',
  ]);
  expect((await makeTasks(repo.root, { ...options, gate: true, command: 'npm run lint', deploy: './deploy.sh' }, false)).written).toBe(
    'same',
  );
  expect(readFileSync(join(repo.root, '.tracewright/tasks/graph.json'))).toEqual(bytes);
  expect(
    renderMermaid(readTasks(repo.root) ?? expect.fail())
      .split('\n')
      .slice(0, 2),
  ).toEqual(['flowchart TD', '  s0["survey"]:::ready']);
});

it('tasks that are under way are only replaced on request', async () => {
  const repo = repoOf(app, [
    { id: 'a', line: 'echo a >> $E' },
    { id: 'bad', line: 'false', after: ['a'] },
  ]);
  await openTasks(repo.root).run();
  await expect(makeTasks(repo.root, options, false)).rejects.toMatchObject({ code: 'TW4014', detail: '1 of 2 steps are done' });
  expect((await makeTasks(repo.root, options, true)).written).toBe('new');
});

it('a folder without git, and one without a commit, is refused', async () => {
  const repo = repoOf(app);
  await expect(makeTasks(join(repo.root, '..'), options, false)).rejects.toMatchObject({ code: 'TW4012' });
});

it('the tree and the summary say where it stands; the summary stays under 1 kB whatever the steps say', async () => {
  const question = 'ü"\n'.repeat(2000);
  const steps: readonly TaskLine[] = ['a', 'b', 'c', 'd'].map((id) => ({
    id: id.repeat(64),
    step: { kind: 'gate', input: { plan: id, question } },
  }));
  const repo = repoOf(app, [...steps, { id: 'done', line: 'true' }]);
  await openTasks(repo.root).run();
  const summary = summarizeTasks(repo.root);
  expect(summary).toMatchObject({ state: 'waiting', done: 1, total: 5, waiting: ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] });
  expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThan(1024);
  expect(summary.next).toBe(`tracewright tasks approve ${'a'.repeat(64)}`);
  const status = readTasks(repo.root) ?? expect.fail();
  expect(renderTree(status)).toContain('  ✓ done');
  expect(summaryOf(status)).toEqual(summary);
  expect(summarizeTasks(join(repo.root, '..'))).toMatchObject({ state: 'none', next: 'tracewright tasks plan' });
});

it('an install that did not end well starts anew, without what it left half there', async () => {
  const step = { kind: 'install', input: { plan: '', folder: '', packageManager: 'npm' } } as const;
  const manifest = '{"name":"x","private":true,"scripts":{"preinstall":"node -e \\"require(\'fs\').statSync(\'../go\')\\""}}\n';
  const repo = repoOf({ 'package.json': manifest, '.gitignore': 'node_modules\npackage-lock.json\n' }, [{ id: 'install', step }]);
  const half = ['node_modules/half', 'packages/a/node_modules/half'].map((folder) => join(repo.root, folder));
  for (const folder of half) mkdirSync(folder, { recursive: true });
  const { steps } = await openTasks(repo.root).run();
  expect(steps[0]?.failure?.code).toBe('TW1077');
  expect(half.map(existsSync)[1]).toBe(true);
  writeFileSync(join(repo.root, '../go'), '');
  expect((await openTasks(repo.root).run()).state).toBe('done');
  expect(half.map(existsSync)).toEqual([false, false]);
}, 60_000);

it('work that an agent says is done is accepted only when the program proves it', { timeout: 60_000 }, async () => {
  const input = { plan: '', codemod: 'x', file: 'server.js', instruction: 'server.js:1 do it', accepted: 'verify holds' };
  const repo = repoOf(app, [
    { id: 'agent-1', step: { kind: 'agent', input } },
    { id: 'later', line: 'echo later >> $E', after: ['agent-1'] },
  ]);
  const cli = async (...words: string[]): Promise<{ exit: number | null; said: Record<string, unknown> }> => {
    const { exit, stdout } = await runCli(['tasks', ...words, '--json'], { cwd: repo.root });
    return { exit, said: JSON.parse(stdout) };
  };
  expect(await cli('run')).toMatchObject({ exit: 0, said: { state: 'waiting', waiting: ['agent-1'], about: 'server.js:1 do it' } });
  await cli('approve', 'agent-1', '--note', 'done, I promise');
  const refused = await cli('run');
  expect(refused).toMatchObject({
    exit: 5,
    said: { state: 'waiting', waiting: ['agent-1'], about: expect.stringMatching(/^TW3\d\d\d .*server\.js:1 do it$/) },
  });
  expect(repo.effects()).toEqual([]);
});
