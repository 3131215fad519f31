import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { isRecord } from '../contract/record.ts';
import { folderIn } from '../engine/apply/place.ts';
import { makeInside, writeInside } from '../engine/apply/write-inside.ts';
import { realRoot } from '../engine/plan/open-repo.ts';
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
export const LOCAL: string = `${TASKS}/local`;

/** The paths below a folder; makes nothing. */
export function taskHome(root: string): TaskHome {
  const base = realRoot(root);
  const folder = join(base, TASKS);
  return { root: base, graph: join(folder, 'graph.json'), journal: join(folder, 'journal.ndjson'), local: join(folder, 'local') };
}

/** Makes the folders. Throws TW4008. */
export function openHome({ root, local }: TaskHome): void {
  try {
    for (const folder of ['inbox', 'logs', 'out']) makeInside(root, `${LOCAL}/${folder}`, 'tasks');
    if (!existsSync(join(local, '.gitignore'))) writeInside(root, `${LOCAL}/.gitignore`, '*\n', 'tasks');
  } catch (cause) {
    throw notWritten(cause);
  }
}

/** The sentence of the system about a write that failed, as TW4008; what the path rule says stays. */
export function notWritten(cause: unknown): TracewrightError {
  if (cause instanceof TracewrightError) return cause;
  const why = cause instanceof Error && 'code' in cause ? `${TASKS}: ${String(cause.code)}` : TASKS;
  return new TracewrightError('TW4008', why, { cause });
}

/** The graph of a folder; undefined when it has none. */
export function loadGraph(home: TaskHome): ReadGraph | undefined {
  return existsSync(home.graph) ? readGraphText(readFileSync(home.graph, 'utf8')) : undefined;
}

/** The graph that is there to be run. Throws TW4001, TW4005, and TW2007 for a repository that is a link. */
export function requireGraph(home: TaskHome): TaskGraph {
  const found = loadGraph(home);
  if (found === undefined) throw new TracewrightError('TW4001', TASKS);
  if (found.edits.length > 0) throw new TracewrightError('TW4005', found.edits.slice(0, 3).join(', '));
  for (const folder of Object.keys(found.graph.repositories)) folderIn(home.root, folder);
  return found.graph;
}

/** Puts a graph in place of the one that is there, or leaves that one whole. */
export function saveGraph(home: TaskHome, graph: TaskGraph): void {
  openHome(home);
  try {
    writeInside(home.root, `${TASKS}/graph.json`, `${JSON.stringify(graph, sorted, 2)}\n`, 'tasks');
  } catch (cause) {
    throw notWritten(cause);
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
