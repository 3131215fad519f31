import { TracewrightError } from '../contract/index.ts';
import { endProcesses, findProcesses } from '../verify/run/processes.ts';
import { type Claim, claimTasks, findRunner } from './claim.ts';
import type { EngineSetup, RunOptions, TaskEngine } from './engine.ts';
import { type TaskHome, taskHome } from './home.ts';
import { leaveMessage, takeMessages } from './inbox.ts';
import { type JournalWriter, openJournal, readRecords } from './journal-file.ts';
import { runSteps } from './run-steps.ts';
import { statusOf, type TaskStatus } from './status.ts';

export interface EmbeddedSetup extends EngineSetup {
  /** Called with the claim held, before any step; `dead` when the runner before was killed. */
  readonly prepare?: (started: boolean, dead: boolean) => Promise<void>;
  /** Called when all is done, with the claim held. */
  readonly finish?: () => Promise<void>;
}

/** How long what a killed runner left may take to end by itself. */
const GRACE_MS = 100;

/** The engine that needs nothing: one process at a time, an fsynced journal in the repository. */
export function embeddedEngine(setup: EmbeddedSetup): TaskEngine {
  const home = taskHome(setup.root);
  return {
    run: (options = {}) => withJournal(home, (journal, claim) => runAll(setup, home, journal, claim, options)),
    status: async () => statusOf(setup.graph, readRecords(home), findRunner(home) !== undefined),
    signal: async (step, said) => {
      checkWaits(statusOf(setup.graph, readRecords(home), false), step);
      await deliver(setup, home, { step, said });
    },
    cancel: (why) => deliver(setup, home, { cancel: why }),
  };
}

async function withJournal<T>(home: TaskHome, work: (journal: JournalWriter, claim: Claim) => Promise<T>): Promise<T> {
  const claim = await claimTasks(home);
  try {
    const journal = openJournal(home);
    try {
      return await work(journal, claim);
    } finally {
      journal.close();
    }
  } finally {
    claim.release();
  }
}

async function runAll(
  setup: EmbeddedSetup,
  home: TaskHome,
  journal: JournalWriter,
  claim: Claim,
  options: RunOptions,
): Promise<TaskStatus> {
  const { graph } = setup;
  const { dead } = claim;
  if (dead !== undefined) await endProcesses(() => findProcesses({ group: undefined, mark: dead.mark }), GRACE_MS);
  const absorb = (): void => takeMessages(home, (message) => record(setup, journal, message));
  absorb();
  const before = statusOf(graph, journal.records, false);
  if (before.state === 'done') {
    await setup.finish?.();
    return before;
  }
  if (before.cancelled !== undefined && options.resume !== true) throw new TracewrightError('TW4011', before.cancelled);
  await setup.prepare?.(
    before.steps.some(({ attempts }) => attempts > 0),
    dead !== undefined,
  );
  if (before.cancelled !== undefined) journal.append({ event: 'resume', graph: graph.hash });
  await runSteps({ setup, options, journal, mark: claim.runner.mark, absorb });
  const after = statusOf(graph, journal.records, false);
  if (after.state === 'done') await setup.finish?.();
  return after;
}

type Message = Parameters<typeof leaveMessage>[1];

/** Whoever runs the tasks takes it; when nobody does, this process writes it down. */
async function deliver({ graph, root, handlers }: EmbeddedSetup, home: TaskHome, message: Message): Promise<void> {
  leaveMessage(home, message);
  if (findRunner(home) !== undefined) return;
  try {
    await withJournal(home, async (journal) => takeMessages(home, (each) => record({ graph, root, handlers }, journal, each)));
  } catch (error) {
    // Somebody began to run them in between, and takes it.
    if (!(error instanceof TracewrightError && error.code === 'TW4007')) throw error;
  }
}

function record({ graph }: EngineSetup, journal: JournalWriter, message: Message): void {
  if ('cancel' in message) {
    journal.append({ event: 'cancel', graph: graph.hash, note: message.cancel });
    return;
  }
  const step = graph.steps.find(({ id }) => id === message.step);
  if (step !== undefined) journal.append({ event: 'signal', step: step.id, identity: step.identity, ...message.said });
}

function checkWaits({ steps }: TaskStatus, id: string): void {
  const found = steps.find(({ step }) => step.id === id);
  if (found === undefined) throw new TracewrightError('TW4004', `'${id}'; there are ${steps.map(({ step }) => step.id).join(', ')}`);
  const { step, state } = found;
  if (step.kind !== 'gate' && step.kind !== 'agent') throw new TracewrightError('TW4017', `'${id}' is a step of kind ${step.kind}`);
  if (state === 'done') throw new TracewrightError('TW4017', `'${id}' is done`);
}
