import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { program, runCli } from './harness/run-cli.ts';
import { type TaskLine, type TaskRepo, taskRepo } from './harness/task-repo.ts';

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean();
});

function repoWith(steps: readonly TaskLine[], below?: string): TaskRepo {
  const repo = taskRepo({}, below);
  cleanups.push(repo.remove);
  repo.plan(steps);
  return repo;
}

/** Starts the real command line and leaves it running. */
function start(repo: TaskRepo, ...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [...program, 'tasks', ...words], { cwd: repo.root, stdio: 'ignore' });
  cleanups.push(() => void child.kill('SIGKILL'));
  return child;
}

const cli = async (repo: TaskRepo, ...words: string[]): Promise<{ exit: number | null; said: Record<string, unknown> }> => {
  const { exit, stdout } = await runCli(['tasks', ...words, '--json'], { cwd: repo.root });
  return { exit, said: JSON.parse(stdout) };
};

/** Which of these commands still run, anywhere on this machine. */
function running(command: string): readonly string[] {
  const lines = execFileSync('ps', ['-A', '-o', 'stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(command) && !line.startsWith('Z') && !line.includes('ps -A') && !line.includes('sh -c'));
}

/** `slow` sleeps until somebody makes `$E.go`; the number in its command tells it from every other sleep. */
function slowGraph(seconds: number): readonly TaskLine[] {
  return [
    { id: 'a', line: 'echo a >> $E' },
    { id: 'slow', line: `echo slow >> $E; [ -e $E.go ] || sleep ${seconds}`, after: ['a'] },
    { id: 'c', line: 'echo c >> $E', after: ['slow'] },
  ];
}

const untilSlow = (repo: TaskRepo): Promise<unknown> =>
  vi.waitFor(() => expect(repo.effects()).toContain('slow'), { timeout: 20_000, interval: 20 });
const letGo = (repo: TaskRepo): void => writeFileSync(join(repo.root, '../effects.go'), '');

describe.skipIf(process.platform === 'win32')('a runner', () => {
  it('that is killed with -9 leaves nothing running after the next one starts, and nothing finished is done again', {
    timeout: 60_000,
  }, async () => {
    const repo = repoWith(slowGraph(48_101));
    const child = start(repo, 'run');
    await untilSlow(repo);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(running('sleep 48101')).toHaveLength(1);
    expect((await cli(repo, 'status')).said).toMatchObject({ state: 'open', done: 1, next: 'tracewright tasks run' });
    letGo(repo);
    expect(await cli(repo, 'resume')).toMatchObject({ exit: 0, said: { state: 'done', done: 3 } });
    expect(running('sleep 48101')).toEqual([]);
    expect(repo.effects()).toEqual(['a', 'slow', 'slow', 'c']);
  });

  it('is told to a second one, is cancelled from elsewhere, and goes on when somebody resumes', { timeout: 60_000 }, async () => {
    const repo = repoWith(slowGraph(48_102));
    const child = start(repo, 'run');
    const ended = once(child, 'exit');
    await untilSlow(repo);
    const second = await cli(repo, 'run');
    expect(second).toMatchObject({ exit: 5, said: { error: { code: 'TW4007', detail: `process ${child.pid} runs them` } } });
    expect((await cli(repo, 'status')).said).toMatchObject({ state: 'running', running: ['slow'] });
    await cli(repo, 'cancel', '--note', 'wrong week');
    expect(await ended).toEqual([5, null]);
    expect(running('sleep 48102')).toEqual([]);
    expect(await cli(repo, 'run')).toMatchObject({ exit: 5, said: { error: { code: 'TW4011', detail: 'wrong week' } } });
    letGo(repo);
    expect(await cli(repo, 'resume')).toMatchObject({ exit: 0, said: { state: 'done' } });
  });

  it('that a person interrupts ends what it started and says so with its exit code', { timeout: 60_000 }, async () => {
    const repo = repoWith(slowGraph(48_103));
    const child = start(repo, 'run');
    const ended = once(child, 'exit');
    await untilSlow(repo);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(running('sleep 48103')).toEqual([]);
    letGo(repo);
    expect((await cli(repo, 'run')).said).toMatchObject({ state: 'done' });
  });

  it('whose clock goes backwards comes to the same end, also after a crash', { timeout: 60_000 }, async () => {
    const repo = repoWith([...slowGraph(48_104)]);
    const clock = join(repo.root, '../clock.mjs');
    writeFileSync(
      clock,
      'const real = Date; let now = real.now(); globalThis.Date = class extends real { constructor(...a) { a.length > 0 ? super(...a) : super((now -= 3.6e6)); } static now() { return (now -= 3.6e6); } };',
    );
    const env = { ...process.env, NODE_OPTIONS: `--import ${pathToFileURL(clock)}` };
    const child = spawn(process.execPath, [...program, 'tasks', 'run'], { cwd: repo.root, stdio: 'ignore', env });
    cleanups.push(() => void child.kill('SIGKILL'));
    await untilSlow(repo);
    child.kill('SIGKILL');
    await once(child, 'exit');
    letGo(repo);
    const { exit, stdout } = await runCli(['tasks', 'run', '--json'], { cwd: repo.root, env });
    expect([exit, JSON.parse(stdout).state]).toEqual([0, 'done']);
    expect(repo.effects()).toEqual(['a', 'slow', 'slow', 'c']);
  });
});

const many: readonly TaskLine[] = Array.from({ length: 12 }, (_, at) => ({
  id: `s${at}`,
  line: `echo s${at} >> $E`,
  ...(at > 0 && { after: [`s${at - 1}`] }),
}));
const journalOf = ({ root }: TaskRepo): Buffer => readFileSync(join(root, '.tracewright/tasks/journal.ndjson'));

/** What the runner could not write was done once more at most; everything that it could write was not. */
function expectResumed(repo: TaskRepo, written: Buffer): void {
  const done = written.toString().match(/"event":"done"/g)?.length ?? 0;
  expect(journalOf(repo).subarray(0, written.length).equals(written)).toBe(true);
  const names = many.map(({ id }) => id);
  expect([...new Set(repo.effects())]).toEqual(names);
  expect(repo.effects().filter((id, at, all) => all.indexOf(id) !== at)).toEqual(
    names.slice(done, done + repo.effects().length - names.length),
  );
}

describe.skipIf(process.platform === 'win32')('a disk', () => {
  it('that takes no more of the journal stops the run; with room again it goes on', { timeout: 60_000 }, async () => {
    const repo = repoWith(many);
    const line = `ulimit -f 4; exec "$0" "$@" tasks run --json`;
    const child = spawn('sh', ['-c', line, process.execPath, ...program], { cwd: repo.root, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const [exit] = await once(child, 'close');
    expect([exit, JSON.parse(said).error]).toEqual([5, expect.objectContaining({ code: 'TW4008', detail: '.tracewright/tasks: EFBIG' })]);
    const written = journalOf(repo);
    expect(written.at(-1)).toBe(10);
    expect(await cli(repo, 'resume')).toMatchObject({ exit: 0, said: { state: 'done' } });
    expectResumed(repo, written);
  });

  it.skipIf(!canMount())(
    'that is full stops the run, that is read-only does not begin one; with room again it goes on',
    { timeout: 60_000 },
    async () => {
      const disk = mountSmall();
      const filler = join(disk, 'filler');
      const fill = `[ -e $E.filled ] || { touch $E.filled; cat /dev/zero > ${filler} 2>/dev/null || true; }`;
      const repo = repoWith([...many.slice(0, 1), { ...many[1], id: 's1', line: `echo s1 >> $E; ${fill}` }, ...many.slice(2)], disk);
      const full = await cli(repo, 'run');
      expect(full).toMatchObject({ exit: 5, said: { error: { code: 'TW4008', detail: '.tracewright/tasks: ENOSPC' } } });
      const written = journalOf(repo);
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      expect(await cli(repo, 'resume')).toMatchObject({
        exit: 5,
        said: { error: { code: 'TW4008', detail: '.tracewright/tasks: EROFS' } },
      });
      execFileSync('mount', ['-o', 'remount,rw', disk]);
      rmSync(filler);
      expect(await cli(repo, 'resume')).toMatchObject({ exit: 0, said: { state: 'done' } });
      expectResumed(repo, written);
    },
  );

  it.skipIf(process.getuid?.() === 0)('whose folder may not be written does not begin a run', async () => {
    const repo = repoWith(many);
    const folder = join(repo.root, '.tracewright/tasks/local');
    chmodSync(folder, 0o555);
    cleanups.push(() => chmodSync(folder, 0o755));
    expect(await cli(repo, 'run')).toMatchObject({ exit: 5, said: { error: { code: 'TW4008' } } });
    expect(repo.effects()).toEqual([]);
  });
});

function mountSmall(): string {
  const disk = mkdtempSync(join(tmpdir(), 'tracewright-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'pipe' });
  cleanups.push(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  return disk;
}

function canMount(): boolean {
  try {
    mountSmall();
    for (const clean of cleanups.splice(0)) clean();
    return true;
  } catch {
    return false;
  }
}
