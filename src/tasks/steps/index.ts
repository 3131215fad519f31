import { join } from 'node:path';
import type { StepHandlers } from '../engine.ts';
import type { TaskHome } from '../home.ts';
import { apply, plan, survey } from './change.ts';
import { commitStep } from './commit.ts';
import { installStep, shellStep } from './foreign.ts';
import { agentStep, gate } from './hand-out.ts';
import { recordStep, verifyStep } from './proof.ts';

/** What the shipped toolkit does for each kind of step. */
export function shippedSteps({ local }: TaskHome): StepHandlers {
  const place = { logs: join(local, 'logs'), out: join(local, 'out') };
  const shell = shellStep(place.logs);
  return {
    survey,
    plan,
    apply,
    install: installStep(place.logs),
    build: shell,
    test: shell,
    command: shell,
    verify: verifyStep(place),
    record: recordStep(place),
    commit: commitStep(place.logs),
    gate,
    agent: agentStep(place),
  };
}
