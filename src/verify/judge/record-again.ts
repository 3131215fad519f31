import { compareGolden, type Difference, type Golden, renderDifferences } from '../../trace/index.ts';
import { toGolden } from '../setup/golden-files.ts';
import { type Evidence, gatherEvidence } from './gather-evidence.ts';
import type { Check, VerifyOptions } from './report.ts';

/** Values may be what a file's pattern is for; spans that come and go are not. */
const structural: readonly Difference['kind'][] = ['missing', 'extra', 'moved', 'split', 'merged', 'orphan'];

/** Drives the scenarios once more: what was recorded is worth nothing if the next run has other spans. */
export async function differsAgain(
  root: string,
  options: VerifyOptions,
  { setup }: Evidence,
  goldens: readonly Golden[],
): Promise<readonly string[]> {
  options.onProgress?.('Running once more, to see whether its spans are the same');
  const { told } = await gatherEvidence(root, { ...options, build: false });
  return goldens.flatMap((golden) => {
    const again = toGolden(golden.scenario, told.requests, setup.attributes);
    const found = compareGolden(golden, again).filter(({ kind }) => structural.includes(kind));
    return found.length === 0 ? [] : renderDifferences(found).trimEnd().split('\n');
  });
}

/** It is written all the same: which of the two runs is the right one, a person decides. */
export function unsteadyGolden(file: string, details: readonly string[]): Check {
  const next =
    'Name the span that comes and goes under `expect: { spans: [...] }` of its request in tracewright.yaml, so that it is waited for, then record again.';
  return { id: 'golden-trace', status: 'warn', summary: `Recorded in ${file}, but a second run had other spans`, details, next };
}

/** Nothing was compared, so nothing is said of it. */
export function notRecorded(): Check {
  return { id: 'golden-trace', status: 'skip', summary: 'Not recorded, because another check failed', details: [] };
}
