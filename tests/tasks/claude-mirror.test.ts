import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { initAgents } from '../../src/agents/index.ts';
import { openTasks } from '../../src/tasks/index.ts';
import { exportTasks, type Mirrored, seedList, syncTasks } from '../../src/tasks/mirror/index.ts';
import { program } from '../harness/run-cli.ts';
import { type TaskLine, type TaskRepo, taskRepo } from '../harness/task-repo.ts';
import { tsxLoader } from '../harness/tsx-loader.ts';

/** What each measured version takes for a task; it drops every other key when it writes. */
const schema = z.object({
  id: z.string(),
  subject: z.string(),
  description: z.string(),
  activeForm: z.string().optional(),
  owner: z.string().optional(),
  status: z.enum(['pending', 'in_progress', 'completed']),
  blocks: z.array(z.string()),
  blockedBy: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
type Task = z.infer<typeof schema>;

interface Listed extends TaskRepo {
  readonly env: Readonly<Record<string, string>>;
  readonly list: string;
  read(): readonly Task[];
  change(id: string, change: Partial<Task>): void;
  kept(): readonly (Task & { step: string; gone: boolean })[];
}

const versions = ['2.1.16', '2.1.34', '2.1.59', '2.1.112', '2.1.330'] as const;
const lists = fileURLToPath(new URL('claude-lists', import.meta.url));
const writer = fileURLToPath(new URL('../harness/claude-writer.ts', import.meta.url));
const repos: TaskRepo[] = [];
const chain: readonly TaskLine[] = [
  { id: 'a', line: 'echo a >> $E' },
  { id: 'b', line: 'echo b >> $E', after: ['a'] },
  { id: 'c', line: 'echo c >> $E', after: ['b'] },
];

afterEach(() => {
  for (const repo of repos.splice(0)) repo.remove();
});

function listed(steps: readonly TaskLine[] = chain): Listed {
  const repo = taskRepo();
  repos.push(repo);
  repo.plan(steps);
  const config = join(repo.root, '../claude');
  const list = join(config, 'tasks/shared-list');
  const read = (): readonly Task[] =>
    numbersIn(list)
      .sort((a, b) => a - b)
      .map((id) => schema.parse(JSON.parse(readFileSync(join(list, `${id}.json`), 'utf8'))));
  return {
    ...repo,
    list,
    env: { CLAUDE_CONFIG_DIR: config, CLAUDE_CODE_TASK_LIST_ID: 'shared list', CLAUDE_CODE_ENABLE_TODO_TOOLS: '1' },
    read,
    change: (id, change) => {
      const found = read().find((task) => task.id === id);
      writeFileSync(join(list, `${id}.json`), JSON.stringify({ ...found, ...change }, null, 2));
    },
    kept: () => JSON.parse(readFileSync(join(repo.root, '.tracewright/tasks/claude-tasks.json'), 'utf8')).tasks,
  };
}

const numbersIn = (list: string): number[] =>
  (existsSync(list) ? readdirSync(list) : []).filter((name) => /^\d+\.json$/.test(name)).map((name) => Number.parseInt(name, 10));
const ours = ({ read }: Listed): readonly Task[] => read().filter(({ subject }) => subject.startsWith('[tracewright:'));
const run = ({ root }: Listed): Promise<unknown> => openTasks(root).run();

/** What Claude Code does five seconds after all of a list was completed. */
function wipe({ list }: Listed): void {
  for (const id of numbersIn(list)) rmSync(join(list, `${id}.json`));
}

/** A real process that writes as one version does; the ids it was given. */
async function write(version: string, { list }: Listed, name: string, count: number): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsxLoader, writer, version, list, name, String(count)]);
  return JSON.parse(stdout);
}

/** Keeps syncing until all writers have ended, one more step each time, and once more with all of them. */
async function whileSyncing(
  repo: Listed,
  steps: readonly TaskLine[],
  writers: readonly Promise<readonly string[]>[],
): Promise<readonly (readonly string[])[]> {
  let isOver = false;
  const loop = async (): Promise<void> => {
    for (let turn = 1; !isOver; turn += 1) {
      if (turn <= steps.length) repo.plan(steps.slice(0, turn));
      await syncTasks(repo.root, repo.env);
    }
  };
  const looping = loop();
  try {
    return await Promise.all(writers);
  } finally {
    isOver = true;
    await looping;
    repo.plan(steps);
    await syncTasks(repo.root, repo.env);
  }
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was refused',
    (error: unknown) => String(error),
  );
}

describe('six writers and the mirror on one list', () => {
  it('lose no task, give no id twice and leave no torn file', { timeout: 120_000 }, async () => {
    const steps = Array.from(
      { length: 20 },
      (_, index): TaskLine => ({ id: `s${index}`, line: `echo ${index} >> $E`, after: index ? [`s${index - 1}`] : [] }),
    );
    const repo = listed(steps.slice(0, 1));
    const kinds = ['2.1.34', '2.1.59', '2.1.112', '2.1.112', '2.1.330', '2.1.330'];
    const made = await whileSyncing(
      repo,
      steps,
      kinds.map((version, index) => write(version, repo, `writer-${index}`, 25)),
    );
    expect(new Set(made.flat()).size).toBe(150);
    const tasks = repo.read();
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(170);
    for (const [index, ids] of made.entries())
      expect(tasks.filter(({ subject }) => subject.startsWith(`writer-${index} `)).map(({ id }) => id)).toEqual(ids);
    expect(tasks.filter(({ status }) => status === 'in_progress')).toHaveLength(30);
    const own = ours(repo);
    expect(own.map(({ metadata }) => z.object({ tracewright: z.object({ step: z.string() }) }).parse(metadata).tracewright.step)).toEqual(
      steps.map(({ id }) => id),
    );
    for (const [index, { blockedBy, blocks }] of own.entries())
      expect([blockedBy, blocks]).toEqual([
        own.slice(Math.max(0, index - 1), index).map(({ id }) => id),
        own.slice(index + 1, index + 2).map(({ id }) => id),
      ]);
    expect(readdirSync(repo.list).filter((name) => !/^\d+\.json$/.test(name))).toEqual(['.lock']);
  });

  it('2.1.16 writes over whatever has the id it counted itself: it loses nothing by us, and our steps come back', {
    timeout: 60_000,
  }, async () => {
    const repo = listed();
    const [ids = []] = await whileSyncing(repo, chain, [write('2.1.16', repo, 'old', 25)]);
    expect(
      repo
        .read()
        .filter(({ subject }) => subject.startsWith('old '))
        .map(({ id }) => id),
    ).toEqual(ids);
    expect(ours(repo)).toHaveLength(3);
  });
});

describe.each(versions)('a list of %s', (version) => {
  it('is read and written in its format, and what is in it stays byte for byte', async () => {
    const repo = listed();
    cpSync(join(lists, version), repo.list, { recursive: true });
    const files = readdirSync(repo.list);
    const before = files.map((file) => readFileSync(join(repo.list, file), 'utf8'));
    const { seeded, others, broken } = await seedList(repo.root, repo.env);
    expect({ seeded, broken }).toEqual({ seeded: ['a', 'b', 'c'], broken: [] });
    expect(others).toBe(numbersIn(join(lists, version)).length);
    expect(files.map((file) => readFileSync(join(repo.list, file), 'utf8'))).toEqual(before);
    const first = version === '2.1.16' ? 4 : 9;
    const [a, b, c] = [first, first + 1, first + 2].map(String);
    expect(ours(repo).map(({ id, blocks, blockedBy }) => ({ id, blocks, blockedBy }))).toEqual([
      { id: a, blocks: [b], blockedBy: [] },
      { id: b, blocks: [c], blockedBy: [a] },
      { id: c, blocks: [], blockedBy: [b] },
    ]);
    // What an update by Claude Code leaves of a file: the same bytes, as nothing of ours is a key that it strips.
    for (const task of ours(repo)) {
      const { id, subject, description, status, blocks, blockedBy, metadata } = task;
      expect(readFileSync(join(repo.list, `${task.id}.json`), 'utf8')).toBe(
        JSON.stringify({ id, subject, description, status, blocks, blockedBy, metadata }, null, 2),
      );
    }
    expect(existsSync(join(repo.list, '.highwatermark'))).toBe(version !== '2.1.16');
  });
});

describe('a sync', () => {
  const sync = ({ root, env }: Listed): Promise<Mirrored> => syncTasks(root, env);

  it('completes there what is done here, and opens again what was only completed there', async () => {
    const repo = listed();
    await sync(repo);
    repo.change('3', { status: 'completed', owner: 'model', activeForm: 'Finishing' });
    expect(await sync(repo)).toMatchObject({ reset: ['c'], changed: [] });
    expect(repo.read()[2]).toMatchObject({
      status: 'pending',
      owner: 'model',
      description: expect.stringMatching(/^Completed here without being done/),
    });
    await run(repo);
    expect(await sync(repo)).toMatchObject({ changed: ['a', 'b', 'c'], reset: [], done: 3, total: 3 });
    expect(repo.read().map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    expect(await sync(repo)).toMatchObject({ seeded: [], changed: [], reset: [] });
  });

  it('knows what was done after Claude Code wiped the finished list', async () => {
    const repo = listed();
    await run(repo);
    expect(await sync(repo)).toMatchObject({ seeded: [], done: 3 });
    const other = listed();
    await sync(other);
    await run(other);
    await sync(other);
    wipe(other);
    expect(await sync(other)).toMatchObject({ seeded: [], present: [], gone: 3, done: 3, total: 3 });
    expect(other.kept().map(({ step, status, gone }) => [step, status, gone])).toEqual([
      ['a', 'completed', true],
      ['b', 'completed', true],
      ['c', 'completed', true],
    ]);
  });

  it('gives what was wiped before it was done a new task, never under an old id', async () => {
    const repo = listed();
    await sync(repo);
    for (const id of ['1', '2', '3']) repo.change(id, { status: 'completed' });
    wipe(repo);
    expect(await sync(repo)).toMatchObject({ seeded: ['a', 'b', 'c'], gone: 3 });
    expect(repo.read().map(({ id }) => id)).toEqual(['4', '5', '6']);
    expect(repo.kept()).toHaveLength(6);
  });

  it('keeps the model from losing the marker, closes what left the graph, and never touches the tasks of others', async () => {
    const repo = listed();
    await sync(repo);
    const foreign = JSON.stringify({
      id: '9',
      subject: '[tracewright:a] copied by the model',
      description: '',
      status: 'completed',
      blocks: [],
      blockedBy: ['1'],
      extra: 1,
    });
    writeFileSync(join(repo.list, '9.json'), foreign);
    repo.change('2', { subject: 'renamed' });
    repo.plan([...chain.slice(0, 2), { id: 'd', line: 'echo d >> $E', after: ['b'] }]);
    expect(await sync(repo)).toMatchObject({ seeded: ['d'], changed: ['b', 'c'], others: 1 });
    expect(repo.read().map(({ subject, status }) => [subject.slice(0, 15), status])).toEqual([
      ['[tracewright:a]', 'pending'],
      ['[tracewright:b]', 'pending'],
      ['[tracewright:c]', 'completed'],
      ['[tracewright:a]', 'completed'],
      ['[tracewright:d]', 'pending'],
    ]);
    expect(readFileSync(join(repo.list, '9.json'), 'utf8')).toBe(foreign);
  });

  it('goes with what agent-init wrote, which is not committed yet', async () => {
    const repo = listed();
    initAgents(repo.root, { agents: ['claude'], program: ['tracewright'] });
    const { env } = JSON.parse(readFileSync(join(repo.root, '.claude/settings.local.json'), 'utf8'));
    const { CLAUDE_CONFIG_DIR = '' } = repo.env;
    expect(await syncTasks(repo.root, { CLAUDE_CONFIG_DIR, ...env })).toMatchObject({ list: env.CLAUDE_CODE_TASK_LIST_ID, warnings: [] });
    await run(repo);
    expect(await syncTasks(repo.root, { CLAUDE_CONFIG_DIR, ...env })).toMatchObject({ changed: ['a', 'b', 'c'], warnings: [] });
  });

  it('says what keeps Claude Code from showing the tasks, and does not fail', async () => {
    const repo = listed();
    const { CLAUDE_CONFIG_DIR = '' } = repo.env;
    const { warnings, list } = await syncTasks(repo.root, { CLAUDE_CONFIG_DIR, CLAUDE_CODE_ENABLE_TASKS: '0' });
    expect(list).toMatch(/^tracewright-repo-work-[0-9a-f]{8}$/);
    expect(warnings).toEqual([
      expect.stringContaining(`CLAUDE_CODE_TASK_LIST_ID=${list}`),
      'CLAUDE_CODE_ENABLE_TASKS=0 switches tasks off in Claude Code.',
      expect.stringContaining('CLAUDE_CODE_ENABLE_TODO_TOOLS=1'),
    ]);
  });
});

describe('bad input', () => {
  it('a folder that something else writes: its files stay, ids go above them', async () => {
    const repo = listed();
    mkdirSync(join(repo.list, '6.json'), { recursive: true });
    const foreign = { '5.json': '[]', '7.json': '{"id":"8"}', 'notes.json': '{}', 'x.txt': 'x' };
    for (const [name, text] of Object.entries(foreign)) writeFileSync(join(repo.list, name), text);
    expect(await seedList(repo.root, repo.env)).toMatchObject({ seeded: ['a', 'b', 'c'], broken: ['5.json', '6.json', '7.json'] });
    expect(numbersIn(repo.list).sort((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10]);
    for (const [name, text] of Object.entries(foreign)) expect(readFileSync(join(repo.list, name), 'utf8')).toBe(text);
  });

  it('half-written JSON: named, not seeded a second time, and whole again when its writer has ended', async () => {
    const repo = listed();
    await syncTasks(repo.root, repo.env);
    const whole = readFileSync(join(repo.list, '2.json'), 'utf8');
    writeFileSync(join(repo.list, '2.json'), whole.slice(0, 60));
    expect(await syncTasks(repo.root, repo.env)).toMatchObject({ seeded: [], broken: ['2.json'], present: ['a', 'c'], gone: 0 });
    expect(readFileSync(join(repo.list, '2.json'), 'utf8')).toBe(whole.slice(0, 60));
    const reading = exportTasks(repo.root, repo.env);
    writeFileSync(join(repo.list, '2.json'), whole);
    expect(await reading).toMatchObject({ broken: [], present: ['a', 'b', 'c'] });
  });

  it('a file where the folder belongs: TW4021, and nothing is lost', async () => {
    const repo = listed();
    mkdirSync(join(repo.list, '..'), { recursive: true });
    writeFileSync(repo.list, 'mine');
    expect(await refusal(syncTasks(repo.root, repo.env))).toMatch(/TW4021.*shared-list: ENOTDIR/);
    expect(readFileSync(repo.list, 'utf8')).toBe('mine');
  });

  it.skipIf(process.getuid?.() === 0)('an unreadable folder: TW4021', async () => {
    const repo = listed();
    mkdirSync(repo.list, { recursive: true, mode: 0 });
    expect(await refusal(syncTasks(repo.root, repo.env))).toMatch(/TW4021.*EACCES/);
  });

  it('the lock of a process that was killed is taken over', { timeout: 60_000 }, async () => {
    const repo = listed();
    mkdirSync(repo.list, { recursive: true });
    const script = `require('proper-lockfile').lockSync(${JSON.stringify(repo.list)}, { lockfilePath: ${JSON.stringify(join(repo.list, '.lock.lock'))} }); console.log('held'); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const long = new Date(Date.now() - 9_000);
    utimesSync(join(repo.list, '.lock.lock'), long, long);
    expect(await seedList(repo.root, repo.env)).toMatchObject({ seeded: ['a', 'b', 'c'] });
  });

  it('a clean-up that takes the folder away meanwhile: every step has its task in the end', { timeout: 60_000 }, async () => {
    const repo = listed();
    for (let turn = 0; turn < 30; turn += 1) {
      const syncing = refusal(syncTasks(repo.root, repo.env));
      await new Promise((resolve) => setImmediate(resolve));
      rmSync(repo.list, { recursive: true, force: true });
      expect(await syncing).toMatch(/nothing was refused|TW4021/);
    }
    expect((await syncTasks(repo.root, repo.env)).present).toEqual(['a', 'b', 'c']);
  });

  it('a damaged copy: TW4022, and it stays as it is', async () => {
    const repo = listed();
    const file = join(repo.root, '.tracewright/tasks/claude-tasks.json');
    writeFileSync(file, '{"format":1,');
    expect(await refusal(exportTasks(repo.root, repo.env))).toMatch(/TW4022/);
    expect(readFileSync(file, 'utf8')).toBe('{"format":1,');
  });
});

describe('tasks hook', () => {
  const ask = (repo: Listed, input: unknown): { status: number | null; stderr: string; stdout: string } => {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...repo.env };
    return spawnSync(process.execPath, [...program, 'tasks', 'hook'], { cwd: repo.root, env, input: text, encoding: 'utf8' });
  };
  const completed = (id: string, subject: string): unknown => ({ hook_event_name: 'TaskCompleted', task_id: id, task_subject: subject });

  it('refuses a step that is not done with 2 and one line, lets a done one pass and keeps it before the wipe', {
    timeout: 60_000,
  }, async () => {
    const repo = listed();
    await syncTasks(repo.root, repo.env);
    expect(ask(repo, completed('2', '[tracewright:b] x'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^Step b is not done: it waits for a\. Call: (?:tracewright|node \S+) tasks run\n$/),
      stdout: '',
    });
    expect(ask(repo, completed('2', 'renamed by the model')).status).toBe(2);
    await run(repo);
    expect(ask(repo, completed('2', '[tracewright:b] x'))).toMatchObject({ status: 0, stderr: '', stdout: '' });
    expect(repo.kept().map(({ status }) => status)).toEqual(['pending', 'completed', 'pending']);
  });

  it('is silent about the tasks of others, and blocks nobody when it cannot tell', { timeout: 60_000 }, async () => {
    const repo = listed();
    expect(ask(repo, completed('7', 'Write the tests'))).toMatchObject({ status: 0, stderr: '' });
    for (const input of ['', '{"task_id":', '[]', { hook_event_name: 'TaskCompleted' }])
      expect(ask(repo, input)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^TW1083 .*\n {2}next/) });
    rmSync(join(repo.root, '.tracewright/tasks/graph.json'));
    expect(ask(repo, completed('1', '[tracewright:a] x'))).toMatchObject({ status: 1, stderr: expect.stringMatching(/^TW4001 /) });
  });
});
