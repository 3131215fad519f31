import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { TaskGraph } from '../src/tasks/index.ts';
import { runCli } from './harness/run-cli.ts';

const example = fileURLToPath(new URL('../examples/legacy-express', import.meta.url));
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The example as a repository that nobody has migrated, without golden traces. */
function checkOut(): { cwd: string; git: (...words: string[]) => string } {
  const cwd = mkdtempSync(join(tmpdir(), 'tracewright-tasks-demo-'));
  folders.push(cwd);
  cpSync(join(example, 'app'), cwd, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  cpSync(join(example, 'scenario.yaml'), join(cwd, 'tracewright.yaml'));
  writeFileSync(join(cwd, '.gitignore'), 'node_modules\n');
  const git = (...words: string[]): string => execFileSync('git', words, { cwd, encoding: 'utf8' });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 't');
  git('config', 'user.email', 't@localhost');
  git('add', '-A', '-f');
  git('commit', '-qm', 'as it was');
  return { cwd, git };
}

it('tasks run ends with the golden traces recorded and a commit on a branch, and a clone can tell what happened', {
  timeout: 300_000,
}, async () => {
  const { cwd, git } = checkOut();
  const planned = await runCli(['tasks', 'plan', '--json'], { cwd });
  expect(JSON.parse(planned.stdout)).toMatchObject({
    state: 'new',
    done: 0,
    total: 7,
    branch: 'tracewright/main',
    next: 'tracewright tasks run',
  });
  expect(git('branch', '--show-current').trim()).toBe('main');

  const run = await runCli(['tasks', 'run', '--json'], { cwd, env: { CI: 'true' } });
  expect(run, run.stderr).toMatchObject({ exit: 0 });
  const status = JSON.parse(run.stdout);
  expect(status).toMatchObject({ state: 'done', done: 7, failed: [], waiting: [] });

  expect(git('branch', '--show-current').trim()).toBe('tracewright/main');
  expect(git('status', '--porcelain')).toBe('');
  expect(git('log', '--format=%s').trim().split('\n')).toEqual([
    'chore: journal of the finished tasks',
    'feat: trace with OpenTelemetry',
    'as it was',
  ]);
  expect(git('diff', '--stat', 'main')).toContain('instrumentation.cjs');
  const golden = git('ls-files', '.tracewright/golden').trim().split('\n');
  expect(golden.map((file) => basename(file))).toEqual(['customers.json', 'failures.json', 'invoices.json']);
  const graph: TaskGraph = JSON.parse(readFileSync(join(cwd, '.tracewright/tasks/graph.json'), 'utf8'));
  const commit = graph.steps.find(({ kind }) => kind === 'commit');
  expect(git('log', '-1', '--format=%(trailers:key=Tracewright-Step,valueonly)', 'HEAD~1').trim()).toBe(commit?.identity);

  const clone = mkdtempSync(join(tmpdir(), 'tracewright-tasks-clone-'));
  folders.push(clone);
  git('clone', '-q', cwd, clone);
  const audit = JSON.parse((await runCli(['tasks', 'status', '--json'], { cwd: clone })).stdout);
  expect(audit).toMatchObject({ state: 'done', head: status.head, steps: status.steps });
  expect(existsSync(join(clone, '.tracewright/tasks/local'))).toBe(false);

  const again = await runCli(['tasks', 'run', '--json'], { cwd });
  expect(JSON.parse(again.stdout)).toMatchObject({ state: 'done', head: status.head });
  expect(git('log', '--format=%s').trim().split('\n')).toHaveLength(3);
});
