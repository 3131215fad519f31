import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { TracewrightError } from '../../contract/index.ts';
import { makeInside, writeInside } from '../../engine/apply/write-inside.ts';
import { byCodeUnit, canonicalJson } from '../../engine/plan/canonical.ts';
import { LOCAL, notWritten, openHome, TASKS, type TaskHome } from '../home.ts';
import { type ClaudeTask, markOf, parseTask } from './claude-task.ts';

/** A task of ours as it was last seen in Claude Code's list; without the name of this checkout, as it is committed. */
export interface KeptTask extends Omit<ClaudeTask, 'metadata'> {
  readonly step: string;
  readonly identity: string;
  /** It was in the list once and is no longer: Claude Code removes a list when all of it is completed. */
  readonly gone: boolean;
}

export const KEPT = 'claude-tasks.json';

/** What was kept of Claude Code's list; nothing when there is no file. Throws TW4022. */
export function readKept({ root }: TaskHome): readonly KeptTask[] {
  const file = fileOf(root);
  if (!existsSync(file)) return [];
  try {
    const { format, tasks } = JSON.parse(readFileSync(file, 'utf8')) as { format?: unknown; tasks?: unknown };
    if (format === 1 && Array.isArray(tasks)) return tasks.map(keptFrom);
  } catch (cause) {
    throw new TracewrightError('TW4022', KEPT, { cause });
  }
  throw new TracewrightError('TW4022', KEPT);
}

function keptFrom(value: unknown): KeptTask {
  const task = parseTask(JSON.stringify(value));
  const { step, identity, gone } = value as Partial<KeptTask>;
  if (task === undefined || typeof step !== 'string' || typeof identity !== 'string') throw new TypeError('no task');
  return { ...task, step, identity, gone: gone === true };
}

/** Keeps what a list says now beside what it said before; nothing that was ever there is dropped. Answers all of it. */
export async function keepTasks(home: TaskHome, seen: readonly ClaudeTask[], broken: readonly string[]): Promise<readonly KeptTask[]> {
  openHome(home);
  const release = await guard(home);
  try {
    const before = readKept(home);
    const now = seen.flatMap(keptOf);
    const keys = new Set(now.map(keyOf));
    const left = before.filter((task) => !keys.has(keyOf(task))).map((task) => ({ ...task, gone: !broken.includes(task.id) }));
    const all = [...left, ...now].sort((a, b) => Number(a.id) - Number(b.id) || byCodeUnit(a.identity, b.identity));
    if (all.length > 0 && canonicalJson(all) !== canonicalJson(before)) save(home, all);
    return all;
  } finally {
    await release();
  }
}

const keyOf = ({ id, identity }: KeptTask): string => `${id} ${identity}`;

function keptOf(task: ClaudeTask): readonly KeptTask[] {
  const mark = markOf(task);
  if (mark === undefined) return [];
  const { metadata: _metadata, ...rest } = task;
  return [{ ...rest, step: mark.step, identity: mark.identity, gone: false }];
}

function save({ root }: TaskHome, tasks: readonly KeptTask[]): void {
  const sorted: unknown = JSON.parse(canonicalJson({ format: 1, tasks }));
  try {
    writeInside(root, `${TASKS}/${KEPT}`, `${JSON.stringify(sorted, null, 2)}\n`, 'tasks');
  } catch (cause) {
    throw notWritten(cause);
  }
}

async function guard({ root, local }: TaskHome): Promise<() => Promise<void>> {
  makeInside(root, LOCAL, 'tasks');
  const lockfilePath = join(local, 'claude.lock');
  try {
    return await lock(local, { lockfilePath, stale: 5_000, retries: { retries: 100, minTimeout: 10, maxTimeout: 100 } });
  } catch (cause) {
    throw new TracewrightError('TW4020', lockfilePath, { cause });
  }
}

function fileOf(root: string): string {
  return join(root, TASKS, KEPT);
}
