import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkRepo, type Finding } from '../../check/index.ts';
import { TracewrightError } from '../../contract/index.ts';
import { leftTasks, readReceipt, shippedWorkbench } from '../../engine/index.ts';
import { describeInstall, missingInstalls } from '../../install/index.ts';
import { summarizeTasks, type TaskSummary } from '../../tasks/index.ts';

/** Where a migration stands, from the files of the repository alone. */
export interface StatusFacts {
  readonly migrated: boolean;
  /** What `check` says. */
  readonly check: 'ok' | 'faults' | 'not-migrated';
  readonly interrupted: boolean;
  readonly planHash?: string;
  readonly codemods: readonly string[];
  readonly changedFiles: number;
  readonly installs: readonly string[];
  readonly golden: readonly string[];
  readonly findings: readonly Finding[];
  /** What is left to a person, `id file:line`. */
  readonly left: readonly string[];
  /** How the durable tasks stand, where there are some. */
  readonly tasks?: Pick<TaskSummary, 'done' | 'total' | 'next'> & { readonly state: string };
}

/** Reads the receipt, the golden traces and what `check` finds. Starts nothing, writes nothing. */
export function tellStatus(root: string): StatusFacts {
  const interrupted = existsSync(join(root, '.tracewright/journal.json'));
  const receipt = readReceipt(root);
  const { status, codemods, findings } = checkRepo(root);
  const planHash = receipt?.applied.at(-1)?.plan;
  return {
    migrated: receipt !== undefined,
    check: status,
    interrupted,
    ...(planHash === undefined ? {} : { planHash }),
    codemods,
    changedFiles: receipt?.files.length ?? 0,
    installs: missingInstalls(root).map(describeInstall),
    golden: goldenNames(join(root, '.tracewright/golden')),
    findings,
    left: receipt === undefined ? [] : leftTasks(root, undefined, shippedWorkbench).map(({ id, file, line }) => `${id} ${file}:${line}`),
    ...tasksIn(root),
  };
}

function tasksIn(root: string): Pick<StatusFacts, 'tasks'> {
  try {
    const { state, done, total, next } = summarizeTasks(root);
    return state === 'none' ? {} : { tasks: { state, done, total, next } };
  } catch (error) {
    if (!(error instanceof TracewrightError)) throw error;
    return { tasks: { state: error.code, done: 0, total: 0, next: error.next } };
  }
}

function goldenNames(folder: string): readonly string[] {
  if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}
