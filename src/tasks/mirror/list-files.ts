import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ClaudeTask, parseTask, taskText } from './claude-task.ts';
import { codeOf, isGone, withTask } from './list-lock.ts';

/** What lies in the folder of a list. */
export interface TaskList {
  readonly tasks: readonly ClaudeTask[];
  /** Ids of files that hold no whole task, even after a while. Left alone. */
  readonly broken: readonly string[];
}

const PATIENCE = { turns: 8, ms: 15 };

/** Reads a list; a file that is being written is read again. An absent list is an empty one. */
export async function readList(folder: string): Promise<TaskList> {
  const read = await Promise.all(idsIn(folder).map(async (id) => ({ id, task: await readPatiently(folder, id) })));
  return {
    tasks: read.flatMap(({ task }) => (typeof task === 'object' ? [task] : [])).sort((a, b) => Number(a.id) - Number(b.id)),
    broken: read.flatMap(({ id, task }) => (task === 'broken' ? [id] : [])),
  };
}

/** The same at one moment, for whoever holds the lock. */
export function readListNow(folder: string): readonly ClaudeTask[] {
  return idsIn(folder).flatMap((id) => {
    const task = readOnce(folder, id);
    return typeof task === 'object' ? [task] : [];
  });
}

async function readPatiently(folder: string, id: string): Promise<ClaudeTask | 'gone' | 'broken'> {
  for (let turn = 1; ; turn += 1) {
    const task = readOnce(folder, id);
    if (task !== 'broken' || turn === PATIENCE.turns) return task;
    await wait(PATIENCE.ms);
  }
}

function readOnce(folder: string, id: string): ClaudeTask | 'gone' | 'broken' {
  let text: string;
  try {
    text = readFileSync(join(folder, `${id}.json`), 'utf8');
  } catch (cause) {
    if (isGone(cause)) return 'gone';
    if (codeOf(cause) === 'EISDIR') return 'broken';
    throw cause;
  }
  try {
    const task = parseTask(text);
    return task?.id === id ? task : 'broken';
  } catch {
    return 'broken';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  } catch (cause) {
    if (isGone(cause)) return [];
    throw cause;
  }
}

function idsIn(folder: string): readonly string[] {
  return namesIn(folder)
    .map((name) => name.slice(0, -'.json'.length))
    .filter((id) => /^[1-9]\d{0,14}$/.test(id));
}

/** The highest id that was ever given out here, as far as the folder tells; counted as Claude Code does. */
export function highestId(folder: string): number {
  const numbers = [...namesIn(folder), readMark(folder)].map((name) => Number.parseInt(name, 10));
  return Math.max(0, ...numbers.filter(Number.isSafeInteger));
}

function readMark(folder: string): string {
  try {
    return readFileSync(join(folder, '.highwatermark'), 'utf8');
  } catch (cause) {
    if (isGone(cause)) return '';
    throw cause;
  }
}

/** Puts a new task into a list, whole or not at all; false when its id was just taken. For whoever holds the list's lock. */
export function addTask(folder: string, task: ClaudeTask): boolean {
  const file = join(folder, `${task.id}.json`);
  return withDraft(folder, task, (draft) => {
    try {
      linkSync(draft, file);
      return true;
    } catch (cause) {
      if (codeOf(cause) === 'EEXIST') return false;
      if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(codeOf(cause))) throw cause;
      return writeNew(file, taskText(task));
    }
  });
}

/** Where there are no hard links: as Claude Code does. */
function writeNew(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw cause;
  }
}

/** Changes a task as it is at this moment; nothing happens when it is gone, or when `change` has nothing to change. */
export async function changeTask(
  folder: string,
  id: string,
  change: (task: ClaudeTask) => ClaudeTask | undefined,
): Promise<ClaudeTask | undefined> {
  if (typeof readOnce(folder, id) !== 'object') return undefined;
  return withTask(folder, id, () => {
    const task = readOnce(folder, id);
    const changed = typeof task === 'object' ? change(task) : undefined;
    if (changed === undefined) return undefined;
    withDraft(folder, changed, (draft) => renameSync(draft, join(folder, `${id}.json`)));
    return changed;
  });
}

/** A file beside the tasks that neither Claude Code nor its reset takes for one. */
function withDraft<Result>(folder: string, task: ClaudeTask, use: (draft: string) => Result): Result {
  const draft = join(folder, `.${task.id}.${process.pid}.new`);
  try {
    writeFileSync(draft, taskText(task));
    return use(draft);
  } finally {
    rmSync(draft, { force: true });
  }
}
