import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import type { StepHandler } from '../engine.ts';
import { refuseEdits } from './commit.ts';
import { failureOf, type Proof, runProof } from './proof.ts';
import { leftBehind } from './run-line.ts';

/** Starts the programs of all repositories together. What was seen counts, also when not all of it was. */
export function observeStep(home: string): StepHandler<'observe'> {
  return async (step, context) => {
    for (const folder of step.input.folders) await inRepository(folder, () => refuseEdits(join(context.root, folder)));
    const { proof, end } = await runProof(step, context, home, { record: false });
    const { checks, requests, spans, pairs } = proof;
    const missing = step.input.pairs.filter((pair) => !pairs.includes(pair));
    if (missing.length === 0 && proof.failure !== undefined) throw failureOf(proof.failure);
    const output = { checks, requests, spans, pairs, ...leftBehind(end) };
    if (missing.length === 0) return { status: 'done', output };
    return { status: 'failed', error: notSeen(missing, proof), output };
  };
}

/** Names the repository that something is wrong with. */
async function inRepository(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TracewrightError) throw new TracewrightError(error.code, `${error.detail} in ${folder}`, { cause: error });
    throw error;
  }
}

function notSeen(missing: readonly string[], proof: Proof): TracewrightError {
  const each = missing.map((pair) => `${pair} (${whyNot(pair, proof)})`).join(', ');
  const also = proof.failure === undefined ? '' : `; also ${proof.failure.code} ${proof.failure.detail}`;
  return new TracewrightError('TW4024', `${each}${also}`);
}

/** How far the spans tell who is at fault. */
function whyNot(pair: string, { seen }: Proof): string {
  const silent = pair.split(' -> ').filter((service) => !seen.includes(service));
  if (silent.length > 0) return `no span of ${silent.join(' and ')} arrived`;
  return 'both sent spans, but in traces of their own: the call was not made, its trace context was not sent, or it was not continued';
}
