import { TracewrightError } from '../contract/index.ts';
import { prepareBranches } from './branch.ts';
import { findRunner, type Runner } from './claim.ts';
import { embeddedEngine } from './embedded-engine.ts';
import type { TaskEngine } from './engine.ts';
import type { TaskGraph } from './graph.ts';
import { loadGraph, requireGraph, saveGraph, type TaskHome, taskHome } from './home.ts';
import { readRecords, repairJournal } from './journal-file.ts';
import type { TaskOptions } from './plan-tasks.ts';
import { refuseWhileRun } from './refuse-while-run.ts';
import { statusOf, type TaskStatus } from './status.ts';
import { commitJournal } from './steps/commit.ts';
import { shippedSteps } from './steps/index.ts';

/** The tasks of a folder, ready to be run. Throws TW4001 when there are none. */
export function openTasks(root: string): TaskEngine {
  const home = taskHome(root);
  const graph = requireGraph(home);
  return embeddedEngine({
    root: home.root,
    graph,
    handlers: shippedSteps(home),
    prepare: (started, dead) => prepareBranches(home.root, graph, started, dead),
    finish: () => keepJournal(home, graph),
  });
}

async function keepJournal(home: TaskHome, graph: TaskGraph): Promise<void> {
  const branch = graph.repositories['.']?.branch;
  const commits = graph.steps.some(({ kind, repo }) => kind === 'commit' && repo === undefined);
  if (commits && branch !== undefined) await commitJournal(home.root, branch, readRecords(home).at(-1)?.hash ?? '');
}

/** How the tasks of a folder stand; undefined when there are none. Writes nothing. */
export function readTasks(root: string): (TaskStatus & { readonly runner: Runner | undefined }) | undefined {
  const home = taskHome(root);
  if (loadGraph(home) === undefined) return undefined;
  const runner = findRunner(home);
  return { ...statusOf(requireGraph(home), readRecords(home), runner !== undefined), runner };
}

export interface PlannedTasks {
  readonly graph: TaskGraph;
  /** `same`: these tasks were there already. */
  readonly written: 'new' | 'same' | 'accepted';
}

/** Makes the tasks of a folder and keeps them. Those that are under way are only replaced on request (TW4014). */
export async function makeTasks(root: string, options: TaskOptions, again: boolean): Promise<PlannedTasks> {
  const home = taskHome(root);
  refuseWhileRun(home);
  const before = again ? undefined : readTasks(root);
  if (before !== undefined && before.state !== 'done' && before.steps.some(({ attempts }) => attempts > 0)) {
    const done = before.steps.filter(({ state }) => state === 'done').length;
    throw new TracewrightError('TW4014', `${done} of ${before.steps.length} steps are done`);
  }
  // It loads parsers and codemods.
  const repositories = options.repositories?.length ? options.repositories : plannedRepositories(home);
  const graph =
    repositories.length === 0
      ? await (await import('./plan-tasks.ts')).planTasks(root, options)
      : await (await import('./plan-repositories.ts')).planRepositories(root, { ...options, repositories });
  if (before?.graph.hash === graph.hash) return { graph, written: 'same' };
  saveGraph(home, graph);
  return { graph, written: 'new' };
}

/** The repositories that are worked on together here already; none when the tasks are of this folder, or cannot be read. */
function plannedRepositories(home: TaskHome): readonly string[] {
  try {
    return Object.keys(loadGraph(home)?.graph.repositories ?? {}).filter((folder) => folder !== '.');
  } catch {
    return [];
  }
}

/** Takes over what somebody changed in graph.json: steps that are other work now are run, the others stay as they are. */
export function acceptTasks(root: string): PlannedTasks & { readonly edits: readonly string[] } {
  const home = taskHome(root);
  refuseWhileRun(home);
  const found = loadGraph(home);
  if (found === undefined) throw new TracewrightError('TW4001', root);
  saveGraph(home, found.graph);
  return { graph: found.graph, written: found.edits.length > 0 ? 'accepted' : 'same', edits: found.edits };
}

/** Takes the damaged end off a journal and keeps a copy; its name, when there was damage. */
export function repairTasks(root: string): string | undefined {
  const home = taskHome(root);
  refuseWhileRun(home);
  return repairJournal(home);
}
