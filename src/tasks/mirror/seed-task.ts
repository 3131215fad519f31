import type { KnownStep } from '../graph.ts';
import { askedOf } from '../summarize.ts';
import type { ClaudeTask, Mark } from './claude-task.ts';

/** What a task of Claude Code says about a step: the exact call, and how it is seen to be done. Its edges are ids of tasks. */
export function taskOf(step: KnownStep, id: string, mark: Mark, edges: Pick<ClaudeTask, 'blocks' | 'blockedBy'>): ClaudeTask {
  return {
    id,
    subject: `[tracewright:${step.id}] ${titleOf(step)}`,
    description: descriptionOf(step),
    status: 'pending',
    ...edges,
    metadata: { tracewright: mark },
  };
}

function titleOf({ kind, id, input }: KnownStep): string {
  if ('command' in input) return `${kind}: ${input.command}`.slice(0, 100);
  if (kind === 'gate') return 'Wait for the answer of a person';
  return kind === 'agent' ? `Do by hand what ${id} asks for` : titles[kind];
}

const titles = {
  survey: 'Read the repository',
  plan: 'Plan the codemods',
  apply: 'Apply the codemods',
  install: 'Install the packages',
  build: 'Build',
  test: 'Run the tests',
  command: 'Run a command',
  verify: 'Start the program and check its traces',
  record: 'Record the golden traces',
  observe: 'Start all programs together and see that their traces lead through them',
  commit: 'Commit the change',
} as const;

const proof = 'It is done when `tracewright tasks status` shows it as done; only then may this task be completed.';

function descriptionOf(step: KnownStep): string {
  const asked = askedOf(step);
  if (step.kind === 'gate')
    return `${asked} A person answers with \`tracewright tasks approve ${step.id}\` or \`tracewright tasks reject ${step.id} --note "<why>"\`; never answer it yourself. ${proof}`;
  if (step.kind === 'agent')
    return `${asked} Then run \`tracewright tasks approve ${step.id}\` and \`tracewright tasks run\`. Accepted when: ${step.input.accepted} ${proof}`;
  return `Run \`tracewright tasks run\`: it does this step and every step before it that is open, in order. ${proof}`;
}
