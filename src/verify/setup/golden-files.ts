import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { writeInside } from '../../engine/apply/write-inside.ts';
import {
  compareGolden,
  doubtfulPatterns,
  type Golden,
  type GoldenTrace,
  normalizeTrace,
  parseGolden,
  renderTreeDiff,
  type Trace,
  updateGolden,
  writeGolden,
} from '../../trace/index.ts';
import { matchesText } from '../../trace/pattern.ts';
import type { GoldenReport, RequestReport } from '../judge/report.ts';
import type { Exchange } from '../run/send-request.ts';
import type { Masker } from './secrets.ts';

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

/** Undefined when there is no such file; one that is there but cannot be read is an error. */
function readText(root: string, file: string): string | undefined {
  try {
    if (!statSync(join(root, file)).isFile()) throw new Error('it is not a file');
    return readFileSync(join(root, file), 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new TracewrightError('TW1074', file, { cause });
  }
}

function readGolden(text: string, scenario: string): Golden {
  const file = goldenFile(scenario);
  const golden = parseGolden(text, file);
  if (golden.scenario !== scenario) throw new TracewrightError('TW3050', `${file}: its "scenario" is "${golden.scenario}"`);
  return golden;
}

/** A label that was recorded with a secret in it is called as it was recorded. */
function withRecordedLabels(recorded: Golden, actual: Golden): Golden {
  const traces = actual.traces.map((trace, index) => {
    const request = recorded.traces[index]?.request ?? '';
    return request.includes('<secret>') && matchesText(request, trace.request) ? { ...trace, request } : trace;
  });
  return { ...actual, traces };
}

/** Compares a run with the golden trace in the repository, if there is one. Throws TW3050 when that cannot be read. */
export function compareWithFile(root: string, actual: Golden, otherTraces: readonly Trace[], attributes: readonly string[]): GoldenReport {
  const { scenario } = actual;
  const file = goldenFile(scenario);
  const text = readText(root, file);
  if (text === undefined) return { scenario, file, status: 'missing', differences: [] };
  const stray = otherTraces.flatMap((trace) => normalizeTrace(trace, { attributes }));
  const recorded = readGolden(text, scenario);
  const differences = compareGolden(recorded, withRecordedLabels(recorded, actual), { stray });
  if (differences.length === 0) return { scenario, file, status: 'equal', differences };
  const diff = [...doubtfulPatterns(text), renderTreeDiff(recorded, differences)].join('\n');
  return { scenario, file, status: 'differs', differences, diff };
}

/** A file that was edited into nonsense is recorded anew. */
function readable(text: string, scenario: string): Golden | undefined {
  try {
    return readGolden(text, scenario);
  } catch {
    return undefined;
  }
}

/** Writes a golden trace, whole or not at all, keeping the patterns of requests that still fit, without secrets; false when the file says so already. Throws TW1074. */
export function writeGoldenFile(root: string, golden: Golden, masker: Masker): boolean {
  const file = goldenFile(golden.scenario);
  const before = readText(root, file);
  const recorded = before === undefined ? undefined : readable(before, golden.scenario);
  const text = writeGolden(masker.golden(recorded ? updateGolden(recorded, withRecordedLabels(recorded, golden)) : golden));
  if (recorded && writeGolden(recorded) === text) return false;
  try {
    writeInside(root, file, text, 'golden');
  } catch (cause) {
    if (cause instanceof TracewrightError) throw cause;
    throw new TracewrightError('TW1074', file, { cause });
  }
  return true;
}

/** What is recorded for each exchange, as far as it can be read; whether it can is judged elsewhere. */
export function recordedTraces(root: string, exchanges: readonly Exchange[]): Map<Exchange, GoldenTrace> {
  const found = new Map<Exchange, GoldenTrace>();
  for (const scenario of new Set(exchanges.map((exchange) => exchange.scenario))) {
    const text = readText(root, goldenFile(scenario));
    const recorded = text === undefined ? undefined : readable(text, scenario);
    const own = exchanges.filter((exchange) => exchange.scenario === scenario);
    for (const [index, exchange] of own.entries()) {
      const trace = recorded?.traces[index];
      if (trace) found.set(exchange, trace);
    }
  }
  return found;
}
