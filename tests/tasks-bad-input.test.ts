import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TracewrightError } from '../src/contract/index.ts';
import { acceptTasks, openTasks, readTasks, repairTasks } from '../src/tasks/index.ts';
import { type TaskLine, type TaskRepo, taskRepo } from './harness/task-repo.ts';

const repos: TaskRepo[] = [];

afterEach(() => {
  for (const repo of repos.splice(0)) repo.remove();
});

function repoWith(steps: readonly TaskLine[], files: Readonly<Record<string, string>> = {}): TaskRepo {
  const repo = taskRepo(files);
  repos.push(repo);
  repo.plan(steps);
  return repo;
}

const say = (id: string, more = ''): TaskLine => ({ id, line: `echo ${id} >> $E${more}` });
const chain: readonly TaskLine[] = [say('a'), { ...say('b'), after: ['a'] }, { ...say('c'), after: ['b'] }];
const graphOf = ({ root }: TaskRepo): string => join(root, '.tracewright/tasks/graph.json');
const journalOf = ({ root }: TaskRepo): string => join(root, '.tracewright/tasks/journal.ndjson');
const run = ({ root }: TaskRepo): ReturnType<ReturnType<typeof openTasks>['run']> => openTasks(root).run();

function edit(repo: TaskRepo, change: (text: string) => string): void {
  const text = readFileSync(graphOf(repo), 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(graphOf(repo), change(text));
}

/** The error somebody meets: it has a code, a sentence and a next step. */
async function refusal(work: () => unknown): Promise<string> {
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof TracewrightError)) throw error ?? new Error('nothing was refused');
  expect(error.next).toMatch(/\w/);
  return `${error.code} ${error.detail}`;
}

describe('a graph', () => {
  it('that goes in a circle is refused with the circle', async () => {
    const repo = repoWith(chain);
    edit(repo, (text) => text.replace('"after": []', '"after": ["c"]'));
    expect(await refusal(() => run(repo))).toBe('TW4003 a -> c -> b -> a');
  });

  it('that names an unknown step is refused', async () => {
    const repo = repoWith(chain);
    edit(repo, (text) => text.replace('"a"\n      ]', '"x"\n      ]'));
    expect(await refusal(() => run(repo))).toBe("TW4004 'b' comes after 'x', which is no step");
  });

  it.each([
    ['half-written JSON', (text: string) => text.slice(0, text.length / 2), 'TW4002 graph.json: graph.json is no whole JSON'],
    ['a list', () => '[]', 'TW4002 graph.json: it is not a set of keys'],
    ['what something else wrote', () => '{"tasks": []}', 'TW4002 graph.json: its format is undefined, this version reads 1'],
    [
      'a newer version',
      (text: string) => text.replace('"format": 1', '"format": 2'),
      'TW4002 graph.json: its format is 2, this version reads 1',
    ],
    [
      'an unknown kind',
      (text: string) => text.replace('"kind": "command"', '"kind": "magic"'),
      "TW4002 graph.json: 'a' has the unknown kind",
    ],
    [
      'a way out of the repository',
      (text: string) => text.replace('".": {', '"/etc": {'),
      'TW4002 graph.json: /etc needs a base and a branch',
    ],
  ])('with %s is refused, and the journal is kept', async (_what, change, expected) => {
    const repo = repoWith(chain);
    await run(repo);
    const journal = readFileSync(journalOf(repo));
    edit(repo, change);
    expect(await refusal(() => run(repo))).toContain(expected.replace('graph.json: graph.json', 'graph.json'));
    expect(readFileSync(journalOf(repo))).toEqual(journal);
  });

  it('that was edited by hand is said, and taken over on request: only what changed is done again', async () => {
    const repo = repoWith(chain);
    await run(repo);
    edit(repo, (text) => text.replace('echo b >>', 'echo B >>'));
    expect(await refusal(() => run(repo))).toBe("TW4005 'b' is other work now");
    expect(acceptTasks(repo.root).edits).toEqual(["'b' is other work now"]);
    expect((await run(repo)).state).toBe('done');
    expect(repo.effects()).toEqual(['a', 'b', 'c', 'B']);
  });

  it('whose limits were edited is said as well', async () => {
    const repo = repoWith([{ ...say('a'), seconds: 5 }]);
    edit(repo, (text) => text.replace('"seconds": 5', '"seconds": 50'));
    expect(await refusal(() => run(repo))).toBe('TW4005 its order, names or limits changed');
  });

  it('that is not there is said', async () => {
    const repo = taskRepo();
    repos.push(repo);
    expect(await refusal(() => run(repo))).toBe('TW4001 .tracewright/tasks');
    expect(readTasks(repo.root)).toBeUndefined();
    expect(existsSync(join(repo.root, '.tracewright'))).toBe(false);
  });

  it('lies beside what something else wrote, and both stay', async () => {
    const repo = repoWith(chain);
    writeFileSync(join(repo.root, '.tracewright/tasks/7.json'), '{"id":"7"}');
    mkdirSync(join(repo.root, '.tracewright/tasks/local/inbox'), { recursive: true });
    writeFileSync(join(repo.root, '.tracewright/tasks/local/inbox/0.json'), '{"half');
    expect((await run(repo)).state).toBe('done');
    expect(readFileSync(join(repo.root, '.tracewright/tasks/7.json'), 'utf8')).toBe('{"id":"7"}');
  });
});

describe('a journal', () => {
  it('that is damaged stops everything; repaired, it goes on from the last whole line and the damage is kept', async () => {
    const repo = repoWith(chain);
    await run(repo);
    const bytes = readFileSync(journalOf(repo));
    const damaged = Buffer.from(bytes.toString().replace('"seq":4', '"seq":5'));
    writeFileSync(journalOf(repo), damaged);
    expect(await refusal(() => run(repo))).toBe('TW4006 journal.ndjson:4 is not as it was written');
    expect(await refusal(() => readTasks(repo.root))).toBe('TW4006 journal.ndjson:4 is not as it was written');
    const copy = repairTasks(repo.root) ?? '';
    expect(readFileSync(join(repo.root, '.tracewright/tasks', copy))).toEqual(damaged);
    expect((await run(repo)).state).toBe('done');
    expect(repo.effects()).toEqual(['a', 'b', 'c', 'b', 'c']);
  });

  it('is not touched when nothing is wrong with it', async () => {
    const repo = repoWith(chain);
    await run(repo);
    expect(repairTasks(repo.root)).toBeUndefined();
  });
});

describe('a step', () => {
  it('that hangs is ended with all it started, and named', async () => {
    const repo = repoWith([
      { id: 'hang', line: 'sleep 4711 & sleep 4712', seconds: 1 },
      { ...say('later'), after: ['hang'] },
    ]);
    const { state, steps } = await run(repo);
    expect(state).toBe('failed');
    expect(steps[0]?.failure?.code).toBe('TW4010');
    expect(steps[0]?.failure?.reason).toMatch(/^'hang' ran longer than 1 s; ended: .*sleep 471[12]/);
    expect(repo.effects()).toEqual([]);
  });

  it('that leaves processes behind is done, and they are ended and named', async () => {
    const repo = repoWith([say('fork', '; (setsid sleep 4713 >/dev/null 2>&1 &)')]);
    const { state, steps } = await run(repo);
    expect(state).toBe('done');
    expect(steps[0]?.output).toEqual({ leftBehind: [expect.stringContaining('sleep 4713')] });
  });

  it('that fails says how, and keeps what it printed', async () => {
    const repo = repoWith([{ id: 'bad', line: 'echo first; echo last >&2; exit 3' }]);
    const { steps } = await run(repo);
    expect(steps[0]?.failure).toEqual({ code: 'TW4009', reason: "'bad' (`echo first; echo last >&2; exit 3`) ended with 3" });
    expect(readFileSync(join(repo.root, '.tracewright/tasks/local/logs/bad.1.log'), 'utf8')).toBe('first\nlast\n');
  });

  it('that is rejected says why and asks again', async () => {
    const repo = repoWith([{ id: 'ok', step: { kind: 'gate', input: { plan: '', question: 'Go on?' } } }]);
    await run(repo);
    await openTasks(repo.root).signal('ok', { approved: false, note: 'not on a Friday' });
    expect((await run(repo)).steps[0]?.failure).toEqual({ code: 'TW4018', reason: 'ok: not on a Friday' });
    expect((await run(repo)).state).toBe('waiting');
  });
});

describe('a repository', () => {
  it('with uncommitted changes is refused before anything starts', async () => {
    const repo = repoWith(chain, { 'a.js': '1\n' });
    writeFileSync(join(repo.root, 'a.js'), '2\n');
    expect(await refusal(() => run(repo))).toBe('TW2004 a.js');
    expect([repo.effects(), repo.git('branch', '--show-current').trim()]).toEqual([[], 'main']);
  });

  it('on another branch than its tasks is refused', async () => {
    const repo = repoWith([...chain, { id: 'bad', line: 'false', after: ['c'] }]);
    await run(repo);
    repo.git('checkout', '-q', 'main');
    expect(await refusal(() => run(repo))).toBe('TW4013 they belong to work, this is main');
  });

  it('whose commit moved before they started is refused', async () => {
    const repo = repoWith(chain);
    repo.git('commit', '-q', '--allow-empty', '-m', 'meanwhile');
    expect(await refusal(() => run(repo))).toMatch(/^TW2001 HEAD is no longer [0-9a-f]{12}$/);
  });

  it('keeps what a person staged out of the commit', async () => {
    const commit: TaskLine = {
      id: 'commit',
      after: ['write'],
      step: { kind: 'commit', input: { plan: '', message: 'feat: x', of: 'apply' } },
    };
    const repo = repoWith([{ id: 'write', line: 'echo 1 > tracewright.yaml; echo 2 > mine.txt; git add mine.txt' }, commit]);
    const { state } = await run(repo);
    expect(state).toBe('done');
    expect(repo.git('status', '--porcelain')).toBe('A  mine.txt\n');
    expect(repo.git('show', '--name-only', '--format=', 'HEAD~1').trim().split('\n')).toContain('tracewright.yaml');
  });

  it('whose own hook refuses the commit is left as it is, and says what the hook said', async () => {
    const commit: TaskLine = {
      id: 'commit',
      after: ['write'],
      step: { kind: 'commit', input: { plan: '', message: 'feat: x', of: 'apply' } },
    };
    const repo = repoWith([{ id: 'write', line: 'echo 1 > tracewright.yaml' }, commit]);
    writeFileSync(join(repo.root, '.git/hooks/pre-commit'), '#!/bin/sh\necho no ticket >&2\nexit 1\n', { mode: 0o755 });
    const { steps } = await run(repo);
    expect(steps[1]?.failure).toEqual({ code: 'TW4016', reason: '`git commit` ended with 1' });
    expect(readFileSync(join(repo.root, '.tracewright/tasks/local/logs/commit.1.log'), 'utf8')).toContain('no ticket');
    writeFileSync(join(repo.root, '.git/hooks/pre-commit'), '#!/bin/sh\n', { mode: 0o755 });
    expect((await run(repo)).state).toBe('done');
  });

  it('whose claim lock was left by a killed process is taken over', async () => {
    const repo = repoWith(chain);
    const lock = join(repo.root, '.tracewright/tasks/local/claim.lock');
    mkdirSync(lock, { recursive: true });
    utimesSync(lock, new Date(0), new Date(0));
    expect((await run(repo)).state).toBe('done');
  });
});
