import type { StepHandlers } from '../engine.ts';
import type { TaskHome } from '../home.ts';
import { commitStep } from './commit.ts';
import { installStep, shellStep } from './foreign.ts';
import { agentStep, gate } from './hand-out.ts';
import { observeStep } from './observe.ts';
import { recordStep, verifyStep } from './proof.ts';

/** What the shipped toolkit does for each kind of step. */
export function shippedSteps({ root }: TaskHome): StepHandlers {
  const shell = shellStep(root);
  return {
    // These load parsers and codemods, which a run that goes on behind them does not need.
    survey: async (step, context) => (await import('./change.ts')).survey(step, context),
    plan: async (step, context) => (await import('./change.ts')).plan(step, context),
    apply: async (step, context) => (await import('./change.ts')).apply(step, context),
    install: installStep(root),
    build: shell,
    test: shell,
    command: shell,
    verify: verifyStep(root),
    record: recordStep(root),
    observe: observeStep(root),
    commit: commitStep(root),
    gate,
    agent: agentStep(root),
  };
}
