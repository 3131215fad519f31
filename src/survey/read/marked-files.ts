import { knownTelemetry } from '../facts/known-telemetry.ts';
import type { Reading } from './reading.ts';

/** Modules that compile TypeScript or modern JavaScript as it is loaded. */
export const registers: readonly string[] = ['ts-node/register', 'tsx/cjs', '@swc-node/register', '@babel/register', 'babel-register'];

/** Source files that name a tracer or a compiler hook. Asked for at once: each question reads every file. */
export function markedFiles(reading: Reading): readonly string[] {
  const names = knownTelemetry.flatMap((each) => each.names.map((name) => name.replace(/\*$/, '')));
  return reading.once('marked files', () => reading.repo.mentioning([...new Set([...names, ...registers])]));
}
