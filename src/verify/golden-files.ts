import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareGolden, type Golden, normalizeTrace, parseGolden, type Trace, writeGolden } from '../trace/index.ts';
import type { GoldenReport, RequestReport } from './report.ts';

/** Repository-relative path of a scenario's golden trace. */
export function goldenFile(scenario: string): string {
  return `.tracewright/golden/${scenario}.json`;
}

/** The golden trace of what one scenario's requests produced. */
export function toGolden(scenario: string, requests: readonly RequestReport[], attributes: readonly string[]): Golden {
  const traces = requests
    .filter((request) => request.scenario === scenario)
    .map(({ request, trace }) => ({ request, spans: trace ? normalizeTrace(trace, { attributes }) : [] }));
  return { version: 1, scenario, traces };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Compares a run with the golden trace in the repository, if there is one. Throws TW3050 when that cannot be read. */
export function compareWithFile(root: string, actual: Golden, otherTraces: readonly Trace[], attributes: readonly string[]): GoldenReport {
  const { scenario } = actual;
  const file = goldenFile(scenario);
  const text = readText(join(root, file));
  if (text === undefined) return { scenario, file, status: 'missing', differences: [] };
  const stray = otherTraces.flatMap((trace) => normalizeTrace(trace, { attributes }));
  const differences = compareGolden(parseGolden(text, file), actual, { stray });
  return { scenario, file, status: differences.length === 0 ? 'equal' : 'differs', differences };
}

/** Writes a golden trace; returns false when the file holds these bytes already. */
export function writeGoldenFile(root: string, golden: Golden): boolean {
  const path = join(root, goldenFile(golden.scenario));
  const text = writeGolden(golden);
  if (readText(path) === text) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return true;
}
