import type { Repo } from '../../src/contract/index.ts';
import type { CompositeSteps, Workflow, WorkflowJob, WorkflowStep } from '../../src/survey/index.ts';
import { type Command, commandsOf, isTest } from './commands.ts';

/** A job that runs tests, and where. */
export interface TestJob {
  readonly workflow: Workflow;
  readonly job: WorkflowJob;
  readonly steps: readonly SeenStep[];
}

/** A step with the commands it runs. */
export interface SeenStep extends WorkflowStep {
  readonly commands: readonly Command[];
}

/** A step and what it runs, inside local composite actions, too. */
export function seen(step: WorkflowStep, actions: CompositeSteps, repo: Repo): SeenStep {
  const inside = step.uses === undefined ? [] : (actions[step.uses.replace(/\/$/, '')] ?? []);
  const own = step.run === undefined ? [] : commandsOf(step.run, step.folder, repo);
  return { ...step, commands: [...own, ...inside.flatMap((each) => commandsOf(each.run ?? '', each.folder, repo))] };
}

/** True when a step runs tests. */
export function runsTests(step: SeenStep): boolean {
  return step.commands.some(isTest);
}

const events = ['pull_request', 'push', 'merge_group', 'pull_request_target'];

/** True when a change is judged by this workflow, directly or through one that calls it. */
export function judgesChanges({ file, events: own }: Workflow, all: readonly Workflow[]): boolean {
  if (own.some((event) => events.includes(event))) return true;
  const callers = all.filter(({ jobs }) => jobs.some(({ calls }) => calls?.replace(/^\.\//, '') === file));
  return own.includes('workflow_call') && callers.some((caller) => caller.events.some((event) => events.includes(event)));
}
