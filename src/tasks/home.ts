import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { replaceDurably } from '../engine/durable.ts';
import { realRoot } from '../engine/open-repo.ts';
import { type ReadGraph, readGraphText } from './check-graph.ts';
import type { TaskGraph } from './graph.ts';

/** Where the tasks of a folder are kept. Everything but `local` is committed. */
export interface TaskHome {
  readonly root: string;
  readonly graph: string;
  readonly journal: string;
  /** Clocks, process ids and logs: only for this machine, ignored by git. */
  readonly local: string;
}

export const TASKS: string = '.tracewright/tasks';

/** The paths below a folder; makes nothing. */
export function taskHome(root: string): TaskHome {
  const base = realRoot(root);
  const folder = join(base, TASKS);
  return { root: base, graph: join(folder, 'graph.json'), journal: join(folder, 'journal.ndjson'), local: join(folder, 'local') };
}

/** Makes the folders. Throws TW4008. */
export function openHome({ local }: TaskHome): void {
  try {
    for (const folder of ['inbox', 'logs', 'out']) mkdirSync(join(local, folder), { recursive: true });
    if (!existsSync(join(local, '.gitignore'))) writeFileSync(join(local, '.gitignore'), '*\n');
  } catch (cause) {
    throw notWritten(cause);
  }
}

/** The sentence of the system about a write that failed, as TW4008. */
export function notWritten(cause: unknown): TracewrightError {
  const why = cause instanceof Error && 'code' in cause ? `${TASKS}: ${String(cause.code)}` : TASKS;
  return new TracewrightError('TW4008', why, { cause });
}

/** The graph of a folder; undefined when it has none. */
export function loadGraph(home: TaskHome): ReadGraph | undefined {
  return existsSync(home.graph) ? readGraphText(readFileSync(home.graph, 'utf8')) : undefined;
}

/** The graph that is there to be run. Throws TW4001 and TW4005. */
export function requireGraph(home: TaskHome): TaskGraph {
  const found = loadGraph(home);
  if (found === undefined) throw new TracewrightError('TW4001', TASKS);
  if (found.edits.length > 0) throw new TracewrightError('TW4005', found.edits.slice(0, 3).join(', '));
  return found.graph;
}

/** Puts a graph in place of the one that is there, or leaves that one whole. */
export function saveGraph(home: TaskHome, graph: TaskGraph): void {
  openHome(home);
  try {
    replaceDurably(home.graph, Buffer.from(`${JSON.stringify(graph, sorted, 2)}\n`));
  } catch (cause) {
    throw notWritten(cause);
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
