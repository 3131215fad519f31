/**
 * A process that creates and completes tasks as one measured version of Claude Code does: which lock, which retries, which id, in-place writes.
 *
 *   node claude-writer.ts <version> <folder> <name> <count>
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lock, lockSync } from 'proper-lockfile';

interface Task {
  readonly id: string;
  readonly [field: string]: unknown;
}

const [, , version = '', folder = '', name = '', count = '0'] = process.argv;
const listLock = join(folder, '.lock');
const fileOf = (id: string): string => join(folder, `${id}.json`);
const write = (task: Task): void => writeFileSync(fileOf(task.id), JSON.stringify(task, null, 2));
const retries = { retries: 30, minTimeout: 5, maxTimeout: 100 };

function highest(): number {
  const ids = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Math.max(0, ...ids.map((file) => Number.parseInt(file, 10)).filter((id) => !Number.isNaN(id)));
}

function highwatermark(): number {
  const file = join(folder, '.highwatermark');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) || 0 : 0;
}

function nextTask(subject: string): Task {
  const task = { id: String(Math.max(highest(), highwatermark()) + 1), subject, ...fields };
  write(task);
  return task;
}

const fields = { description: 'written by a model', status: 'pending', blocks: [], blockedBy: [] };
let counter: number | undefined;

/** TaskCreate; a refusal of the lock goes to the model, which calls again. */
const creators: Readonly<Record<string, (subject: string) => Promise<Task>>> = {
  // No lock, and an id counted in memory from the first look at the folder.
  '2.1.16': async (subject) => {
    counter = (counter ?? highest()) + 1;
    const task = { id: String(counter), subject, ...fields };
    write(task);
    return task;
  },
  '2.1.34': async (subject) => synchronously(() => nextTask(subject)),
  '2.1.59': async (subject) => synchronously(() => nextTask(subject)),
  '2.1.112': async (subject) => asynchronously(() => nextTask(subject)),
  '2.1.330': async (subject) => asynchronously(() => nextTask(subject)),
};

function synchronously<Result>(work: () => Result): Result {
  const release = lockSync(listLock);
  try {
    return work();
  } finally {
    release();
  }
}

async function asynchronously<Result>(work: () => Result): Promise<Result> {
  const release = await lock(listLock, { retries });
  try {
    return work();
  } finally {
    await release();
  }
}

/** TaskUpdate: the fields it knows, in place; since 2.1.112 under the lock of the task. */
async function start(id: string): Promise<void> {
  const update = (): void => write({ ...(JSON.parse(readFileSync(fileOf(id), 'utf8')) as Task), status: 'in_progress', owner: name });
  if (version === '2.1.112') return whileLocked(await lock(fileOf(id), { retries }), update);
  if (version !== '2.1.330') return update();
  const anchor = { lockfilePath: `${fileOf(id)}.lock`, realpath: false, retries };
  return whileLocked(await lock(`${fileOf(id)}.v5-lock-anchor`, anchor), update);
}

async function whileLocked(release: () => Promise<void>, work: () => void): Promise<void> {
  try {
    work();
  } finally {
    await release();
  }
}

async function untilTaken<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ELOCKED')) throw error;
      await wait(5 + Math.random() * 20);
    }
  }
}

mkdirSync(folder, { recursive: true });
if (!existsSync(listLock)) writeFileSync(listLock, '');
const create = creators[version];
if (create === undefined) throw new Error(`no version ${version}`);
const made: string[] = [];
for (let turn = 1; turn <= Number(count); turn += 1) {
  const { id } = await untilTaken(() => create(`${name} ${turn}`));
  made.push(id);
  if (turn % 5 === 0) await untilTaken(() => start(id));
}
process.stdout.write(JSON.stringify(made));
