import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { removeEmptyFolders } from '../engine/apply/durable.ts';
import { removeInside, renameInside } from '../engine/apply/write-inside.ts';
import { sha256 } from '../engine/plan/canonical.ts';
import { LOCAL, loadGraph, notWritten, TASKS, type TaskHome, taskHome } from './home.ts';
import { readRecords } from './journal-file.ts';
import { refuseWhileRun } from './refuse-while-run.ts';
import { statusOf } from './status.ts';

/** The tasks that were taken back. */
export interface DiscardedTasks {
  /** The graph's copy, when steps were begun: the journal tells of them. */
  readonly kept?: string;
}

/** Takes planned tasks back; those that were begun only on request (TW4014), and then the journal stays, with a copy of the graph. */
export function discardTasks(root: string, begun: boolean): DiscardedTasks {
  const home = taskHome(root);
  if (!existsSync(home.graph)) throw new TracewrightError('TW4001', root);
  refuseWhileRun(home);
  const under = wayOf(home);
  if (under !== undefined && !begun)
    throw new TracewrightError('TW4014', under, {
      next: 'Go on with `tracewright tasks resume`; or take them back all the same with `tracewright tasks discard --begun`: the journal and a copy of the graph stay.',
    });
  try {
    return under === undefined ? forget(home) : putAside(home);
  } catch (cause) {
    throw notWritten(cause);
  }
}

/** How far they came; undefined when no step was ever begun. */
function wayOf(home: TaskHome): string | undefined {
  try {
    const graph = loadGraph(home)?.graph;
    const steps = graph === undefined ? [] : statusOf(graph, readRecords(home), false).steps;
    const done = steps.filter(({ state }) => state === 'done').length;
    return steps.some(({ attempts }) => attempts > 0) ? `${done} of ${steps.length} steps are done` : undefined;
  } catch (error) {
    if (error instanceof TracewrightError) return `nobody can tell: ${error.detail}`;
    throw error;
  }
}

function putAside({ root, graph }: TaskHome): DiscardedTasks {
  const name = `graph.discarded-${sha256(readFileSync(graph)).slice(0, 8)}.json`;
  renameInside(root, `${TASKS}/graph.json`, `${TASKS}/${name}`, 'tasks');
  return { kept: name };
}

/** What planning made goes away with it, unless an earlier run left something. */
function forget({ root, journal }: TaskHome): DiscardedTasks {
  removeInside(root, `${TASKS}/graph.json`, 'tasks');
  if (existsSync(journal)) return {};
  removeInside(root, LOCAL, 'tasks');
  removeEmptyFolders(root, [dirname(TASKS), TASKS]);
  return {};
}
