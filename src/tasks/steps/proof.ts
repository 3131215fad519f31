import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, TracewrightError } from '../../contract/index.ts';
import { removeInside } from '../../engine/apply/write-inside.ts';
import { ownFile } from '../../engine/plan/toolkit.ts';
import type { CommandEnd } from '../../verify/run/run-command.ts';
import type { StepContext, StepHandler } from '../engine.ts';
import type { Step } from '../graph.ts';
import { LOCAL } from '../home.ts';
import type { Output } from '../journal.ts';
import { environmentAlone } from './environment-alone.ts';
import { describeEnd, leftBehind, runLine } from './run-line.ts';

/** What a proof is asked for; handed to its process in this variable. */
export interface ProofRequest {
  readonly root: string;
  readonly out: string;
  readonly record: boolean;
  readonly against?: string;
  /** Added to the environment of its programs. */
  readonly env?: Readonly<Record<string, string>>;
}

export const proofVariable: string = 'STEP_OF_TASKS_PROOF';

/** What one run of the program showed, in what may be committed. */
export interface Proof {
  readonly ok: boolean;
  readonly checks: readonly string[];
  readonly requests: number;
  readonly spans: number;
  readonly golden: readonly string[];
  readonly written: readonly string[];
  /** Services whose spans arrived, and `a -> b` where one trace led from a span of a to one of b. */
  readonly seen: readonly string[];
  readonly pairs: readonly string[];
  readonly failure?: { readonly code: ErrorCode; readonly detail: string; readonly next: string | undefined };
  readonly text: string;
}

/** Starts the program, compares it with the version the work began from, and fails when a check fails. */
export function verifyStep(home: string): StepHandler<'verify'> {
  return async (step, context) => ({
    status: 'done',
    output: await prove(step, context, home, { record: false, against: step.input.against }),
  });
}

/** Starts the program and writes its golden traces. */
export function recordStep(home: string): StepHandler<'record'> {
  return async (step, context) => ({ status: 'done', output: await prove(step, context, home, { record: true }) });
}

/** Runs a proof in a process of its own; what it showed, when it held. */
export async function prove(
  step: Step,
  context: StepContext,
  home: string,
  asked: Omit<ProofRequest, 'root' | 'out' | 'env'>,
): Promise<Output> {
  const { proof, end } = await runProof(step, context, home, asked);
  if (proof.failure !== undefined) throw failureOf(proof.failure);
  const { checks, requests, spans, golden, written } = proof;
  return { checks, requests, spans, golden, ...(asked.record ? { written } : {}), ...leftBehind(end) };
}

/** What failed in a proof, as it was thrown there. */
export function failureOf({ code, detail, next }: NonNullable<Proof['failure']>): TracewrightError {
  return new TracewrightError(code, detail, next === undefined ? {} : { next });
}

/** Runs it; what it showed, whether it held or not. Throws TW4009 when it showed nothing. */
export async function runProof(
  step: Step,
  context: StepContext,
  home: string,
  asked: Omit<ProofRequest, 'root' | 'out' | 'env'>,
): Promise<{ readonly proof: Proof; readonly end: CommandEnd }> {
  const name = `${LOCAL}/out/${step.id.replaceAll(':', '-')}.json`;
  removeInside(home, name, 'tasks');
  const file = join(home, name);
  const env = step.repo === undefined ? {} : environmentAlone(home, step.repo);
  const request: ProofRequest = { root: context.root, out: file, env, ...asked };
  // With the loaders of this process: the built toolkit needs none, its source needs tsx.
  const words = [process.execPath, ...process.execArgv, ownFile('tasks/steps/proof-child.js')];
  const end = await runLine(step, context, { words, folder: '.', home, env: { [proofVariable]: JSON.stringify(request) } });
  const proof = readProof(file);
  if (proof === undefined) throw new TracewrightError('TW4009', `'${step.id}' ${describeEnd(end)}`);
  return { proof, end };
}

function readProof(file: string): Proof | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Proof;
  } catch {
    return undefined;
  }
}
