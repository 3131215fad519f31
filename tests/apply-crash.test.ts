import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPlan, createPlan, recoverApply, undoApplied, type Workbench } from '../src/engine/index.ts';
import { type TempRepo, tempRepo } from './harness/temp-repo.ts';
import { tinyFiles, tinyMark, tinyRemark, tinyWorkbench } from './harness/tiny-codemods.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const programs = mkdtempSync(join(here, '../node_modules/.tracewright-crash-'));
const program = join(programs, 'apply-child.mjs');
const options = { only: [], skip: [] };

type Snapshot = ReturnType<TempRepo['snapshot']>;

/** Runs an action in a process that kills itself at the n-th change of the disk; how many changes there were, when it lived. */
async function runKilled(action: string, root: string, killAt: string): Promise<{ killed: boolean; calls: number }> {
  const child = spawn(process.execPath, ['--require', join(here, 'harness/kill-at.cjs'), program, action, root], {
    env: { ...process.env, KILL_AT: killAt },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => child.on('close', (...end) => resolve(end)));
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(output);
  return { killed: signal === 'SIGKILL', calls: Number(/calls (\d+)/.exec(output)?.[1] ?? 0) };
}

/** The tree without what the engine keeps for itself. */
function userFiles(snapshot: Snapshot): Snapshot {
  return Object.fromEntries(Object.entries(snapshot).filter(([file]) => !file.startsWith('.tracewright/')));
}

/** Where to kill: every third change in turn before, in the middle of and after it, spread over all of them. */
function instants(calls: number, step: number): readonly string[] {
  const moments = ['before', 'middle', 'after'];
  return Array.from({ length: Math.ceil(calls / step) }, (_, index) => `${1 + index * step + (index % 3)}:${moments[index % 3]}`);
}

/** Does `action` in a fresh repository for every instant, two at a time, and looks at what is left. */
async function killEverywhere(
  action: string,
  step: number,
  prepare: (repo: TempRepo) => void,
  judge: (repo: TempRepo) => void,
): Promise<number> {
  const survey = tempRepo(tinyFiles);
  prepare(survey);
  const { calls } = await runKilled(action, survey.root, 'never');
  survey.remove();
  const queue = [...instants(calls, step)];
  let kills = 0;
  const work = async (): Promise<void> => {
    for (let killAt = queue.pop(); killAt !== undefined; killAt = queue.pop()) {
      const repo = tempRepo(tinyFiles);
      prepare(repo);
      if ((await runKilled(action, repo.root, killAt)).killed) kills += 1;
      judge(repo);
      repo.remove();
    }
  };
  await Promise.all([work(), work()]);
  return kills;
}

function stateAfter(prepare: (repo: TempRepo) => void): Snapshot {
  const repo = tempRepo(tinyFiles);
  prepare(repo);
  const snapshot = repo.snapshot();
  repo.remove();
  return snapshot;
}

function applyWith(repo: TempRepo, workbench: Workbench): void {
  applyPlan(repo.root, createPlan(repo.root, options, workbench), { allowDirty: true }, workbench);
}

function applyTiny(repo: TempRepo): void {
  applyWith(repo, tinyWorkbench());
}

function applyTwice(repo: TempRepo): void {
  applyTiny(repo);
  applyWith(repo, tinyWorkbench([tinyMark, tinyRemark]));
}

/** The same folder once more, links, modes and leftovers included. */
function copyOf(repo: TempRepo): TempRepo {
  const copy = tempRepo({});
  cpSync(repo.root, copy.root, { recursive: true });
  return copy;
}

/** The folder as it was copied: a journal is known again only where it was written. */
function layAgain(repo: TempRepo, copy: TempRepo): void {
  rmSync(repo.root, { recursive: true });
  cpSync(copy.root, repo.root, { recursive: true });
}

function undoIfAny(root: string): void {
  try {
    undoApplied(root);
  } catch (error) {
    expect(error).toMatchObject({ code: 'TW2010' });
  }
}

// One file starts several times faster than the sources through a loader.
beforeAll(async () => {
  await build({
    entryPoints: [join(here, 'harness/apply-child.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
});

afterAll(() => rmSync(programs, { recursive: true, force: true }));

const none = (): void => {};
const old = stateAfter(none);
const applied = stateAfter(applyTiny);
const reapplied = stateAfter(applyTwice);

describe('several processes at once', () => {
  it('apply once, and nobody sees half of it', { timeout: 120_000 }, async () => {
    const repo = tempRepo(tinyFiles);
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => runKilled('apply', repo.root, 'never')));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
    expect(refusals.length).toBeLessThan(4);
    for (const refusal of refusals) expect(refusal).toMatch(/TW200[156]/);
    expect(repo.snapshot()).toEqual(applied);
    repo.remove();
  });
});

describe('kill -9', () => {
  it('during apply leaves a tree that undo makes old and the next apply makes new', { timeout: 240_000 }, async () => {
    const kills = await killEverywhere('apply', 2, none, (repo) => {
      const killed = copyOf(repo);
      undoIfAny(repo.root);
      expect(repo.snapshot()).toEqual(old);
      layAgain(repo, killed);
      recoverApply(repo.root);
      expect([userFiles(old), userFiles(applied)]).toContainEqual(userFiles(repo.snapshot()));
      applyTiny(repo);
      expect(repo.snapshot()).toEqual(applied);
      killed.remove();
    });
    expect(kills).toBeGreaterThan(20);
  });

  it('leaves a journal that nobody takes for his own elsewhere, or once git tracks it', async () => {
    const repo = tempRepo(tinyFiles);
    const { calls } = await runKilled('apply', tempRepo(tinyFiles).root, 'never');
    for (let at = calls; !existsSync(join(repo.root, '.tracewright/journal.json')); at -= 1) {
      undoIfAny(repo.root);
      await runKilled('apply', repo.root, `${at}:before`);
    }
    const copy = copyOf(repo);
    const before = copy.snapshot();
    for (const use of [recoverApply, undoApplied]) expect(() => use(copy.root)).toThrow(/TW2028/);
    expect(userFiles(copy.snapshot())).toEqual(userFiles(before));
    execFileSync('git', ['init', '-q'], { cwd: repo.root });
    execFileSync('git', ['add', '-f', '.tracewright/journal.json'], { cwd: repo.root });
    for (const use of [recoverApply, undoApplied]) expect(() => use(repo.root)).toThrow(/TW2027/);
    execFileSync('git', ['rm', '-q', '--cached', '.tracewright/journal.json'], { cwd: repo.root });
    rmSync(join(repo.root, '.git'), { recursive: true });
    undoApplied(repo.root);
    expect(repo.snapshot()).toEqual(old);
    for (const one of [repo, copy]) one.remove();
  });

  it('during a second apply leaves a tree that undo makes as it was first', { timeout: 240_000 }, async () => {
    const kills = await killEverywhere('reapply', 4, applyTiny, (repo) => {
      undoApplied(repo.root);
      expect(repo.snapshot()).toEqual(old);
    });
    expect(kills).toBeGreaterThan(10);
  });

  it('during undo leaves a tree that undo makes old', { timeout: 240_000 }, async () => {
    const kills = await killEverywhere('undo', 4, applyTwice, (repo) => {
      recoverApply(repo.root);
      expect([userFiles(old), userFiles(reapplied)]).toContainEqual(userFiles(repo.snapshot()));
      undoIfAny(repo.root);
      expect(repo.snapshot()).toEqual(old);
    });
    expect(kills).toBeGreaterThan(10);
  });
});
