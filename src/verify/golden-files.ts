import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  compareGolden,
  type Golden,
  normalizeTrace,
  parseGolden,
  renderTreeDiff,
  type Trace,
  updateGolden,
  writeGolden,
} from '../trace/index.ts';
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
  const recorded = parseGolden(text, file);
  const differences = compareGolden(recorded, actual, { stray });
  if (differences.length === 0) return { scenario, file, status: 'equal', differences };
  return { scenario, file, status: 'differs', differences, diff: renderTreeDiff(recorded, differences) };
}

/** A file that was edited into nonsense is recorded anew. */
function readable(text: string, file: string): Golden | undefined {
  try {
    return parseGolden(text, file);
  } catch {
    return undefined;
  }
}

/** Writes a golden trace, keeping the patterns of requests that still fit; returns false when the file says so already. */
export function writeGoldenFile(root: string, golden: Golden): boolean {
  const file = goldenFile(golden.scenario);
  const path = join(root, file);
  const before = readText(path);
  const recorded = before === undefined ? undefined : readable(before, file);
  const text = writeGolden(recorded ? updateGolden(recorded, golden) : golden);
  if (recorded && writeGolden(recorded) === text) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return true;
}
