import { knownTelemetry } from '../facts/known-telemetry.ts';
import type { Reading } from './reading.ts';

/** Modules that compile TypeScript or modern JavaScript as it is loaded. */
export const registers: readonly string[] = ['ts-node/register', 'tsx/cjs', '@swc-node/register', '@babel/register', 'babel-register'];

/** What every survey looks for in the sources: names of tracers and of compiler hooks. Asked for at once: each question reads every file. */
export const surveyMentions: readonly string[] = [
  ...new Set([...knownTelemetry.flatMap((each) => each.names.map((name) => name.replace(/\*$/, ''))), ...registers]),
];

/** Source files that name a tracer or a compiler hook. */
export function markedFiles(reading: Reading): readonly string[] {
  return reading.once('marked files', () => reading.repo.mentioning(surveyMentions));
}
