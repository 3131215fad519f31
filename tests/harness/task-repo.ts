import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealGraph } from '../../src/tasks/check-graph.ts';
import type { Step, StepKind } from '../../src/tasks/graph.ts';
import { saveGraph, taskHome } from '../../src/tasks/home.ts';

/** A git repository with a task graph of shell lines. */
export interface TaskRepo {
  readonly root: string;
  /** What the steps wrote with `echo .. >> $E`, in order. */
  effects(): readonly string[];
  /** Replaces the steps; `$E` in a line is the effects file. */
  plan(steps: readonly TaskLine[]): void;
  git(...words: readonly string[]): string;
  remove(): void;
}

export interface TaskLine {
  readonly id: string;
  readonly line?: string;
  readonly after?: readonly string[];
  readonly seconds?: number;
  readonly attempts?: number;
  /** Another step than a shell line. */
  readonly step?: { readonly [Kind in StepKind]: Pick<Step<Kind>, 'kind' | 'input'> }[StepKind];
}

export function taskRepo(files: Readonly<Record<string, string>> = {}, below: string = tmpdir()): TaskRepo {
  const folder = mkdtempSync(join(realpathSync(below), 'tracewright-tasks-'));
  const root = join(folder, 'repo');
  // Somewhere else, so that a full disk below does not stop the steps themselves.
  const notes = below === tmpdir() ? folder : mkdtempSync(join(tmpdir(), 'tracewright-effects-'));
  const effects = join(notes, 'effects');
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  const git = (...words: readonly string[]): string => execFileSync('git', [...words], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  for (const [name, value] of [
    ['user.name', 't'],
    ['user.email', 't@localhost'],
    ['core.autocrlf', 'false'],
  ] as const)
    git('config', name, value);
  for (const [file, text] of Object.entries({ 'package.json': '{"name":"x"}\n', ...files })) writeFileSync(join(root, file), text);
  git('add', '-A');
  git('commit', '-qm', 'as it was');
  const base = git('rev-parse', 'HEAD').trim();
  return {
    root,
    effects: () => (existsSync(effects) ? readFileSync(effects, 'utf8').trim().split('\n') : []),
    plan: (steps) => {
      const lines = steps.map(({ id, line = '', after = [], step, ...limits }): Step => {
        const command = line.replaceAll('$E', effects);
        return { id, after, ...limits, ...(step ?? { kind: 'command', input: { plan: '', folder: '', command } }) };
      });
      saveGraph(taskHome(root), sealGraph('1', { '.': { base, branch: 'work' } }, lines));
    },
    git,
    remove: () => {
      for (const each of [folder, notes]) rmSync(each, { recursive: true, force: true });
    },
  };
}
