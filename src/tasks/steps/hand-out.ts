import { TracewrightError } from '../../contract/index.ts';
import type { StepHandler } from '../engine.ts';
import { changedFiles } from './commit.ts';
import { prove } from './proof.ts';

/** Waits for somebody's yes. */
export const gate: StepHandler<'gate'> = async ({ id, input }, { said }) => {
  if (said === undefined) return { status: 'waiting', output: { question: input.question } };
  if (!said.approved) throw rejected(id, said.note);
  return { status: 'done', output: { note: said.note } };
};

/** Hands work out; when it is said to be done, the program must still be proven, and only then it is. */
export function agentStep(home: string): StepHandler<'agent'> {
  return async (step, context) => {
    const { said, root, outputOf } = context;
    const { id, input } = step;
    const before = outputOf(id)?.['before'];
    if (said === undefined) {
      const { instruction, accepted } = input;
      return { status: 'waiting', output: { instruction, accepted, before: Array.isArray(before) ? before : changedFiles(root) } };
    }
    if (!said.approved) throw rejected(id, said.note);
    const known = new Set(Array.isArray(before) ? before : []);
    const files = changedFiles(root).filter((file) => !known.has(file));
    return { status: 'done', output: { note: said.note, files, ...(await prove(step, context, home, { record: true })) } };
  };
}

function rejected(id: string, note: string): TracewrightError {
  return new TracewrightError('TW4018', note === '' ? id : `${id}: ${note}`);
}
