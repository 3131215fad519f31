import { createHash } from 'node:crypto';
import { TracewrightError } from '../../contract/index.ts';
import { describeInstall, installAll, missingInstalls } from '../../install/index.ts';
import { type NormalSpan, normalizeTrace, type SpanRecord, type Trace } from '../../trace/index.ts';
import { type Check, checkMigrated, type GoldenReport, recordRepo, type VerifyReport, verifyRepo } from '../../verify/index.ts';
import type { Worker } from './index.ts';

/** How to verify; equal orders are one run. */
export interface VerifyOrder {
  readonly against?: string;
  readonly scenario?: string;
  readonly readyMs?: number;
  readonly record: boolean;
}

export interface RequestFacts {
  readonly scenario: string;
  readonly service: string;
  readonly request: string;
  readonly status?: number;
  readonly error?: string;
  /** The trace as a tree, without clocks and ids. */
  readonly spans: readonly NormalSpan[];
}

/** What one verification found: equal behaviour has equal bytes. */
export interface VerifyFacts {
  /** Of everything but what was installed. */
  readonly hash: string;
  /** Package managers that ran first. */
  readonly installed: readonly string[];
  readonly ok: boolean;
  readonly verdict: VerifyReport['verdict'];
  readonly setup: VerifyReport['setup'];
  readonly notes: readonly string[];
  readonly checks: readonly Check[];
  readonly requests: readonly RequestFacts[];
  /** Traces that belong to no request. */
  readonly other: readonly (readonly NormalSpan[])[];
  readonly golden: readonly Omit<GoldenReport, 'differences'>[];
  readonly spans: number;
  readonly logs: number;
  /** Of each row of the span trees, when it began in its trace and how long it took, in milliseconds; nothing for a request. Differs from run to run. */
  readonly times: readonly (readonly number[])[];
}

/** Installs what apply added and is missing, then runs the program and judges its traces; with `record` it keeps them. */
export async function verifyMigrated(root: string, order: VerifyOrder, { say, signal }: Worker): Promise<VerifyFacts> {
  checkMigrated(root);
  const installs = missingInstalls(root);
  if (!(await installAll(root, installs, say, signal))) throw new TracewrightError('TW3011', 'the install');
  const { record, ...options } = order;
  const report = await (record ? recordRepo : verifyRepo)(root, { ...options, signal, onProgress: say });
  const origins = new Map<NormalSpan, SpanRecord>();
  const facts = factsOf(report, origins);
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  const trees = [...facts.requests.map(({ spans }) => spans), ...facts.other];
  return { hash, installed: installs.map(describeInstall), ...facts, times: trees.flatMap((spans) => [[], ...timesOf(spans, origins)]) };
}

function factsOf(report: VerifyReport, origins: Map<NormalSpan, SpanRecord>): Omit<VerifyFacts, 'hash' | 'installed' | 'times'> {
  const normalForm = (trace: Trace): readonly NormalSpan[] => normalizeTrace(trace, { origins });
  const { ok, verdict, setup, notes, checks, requests, otherTraces, golden, spans, logs } = report;
  return {
    ok,
    verdict,
    setup,
    notes,
    checks: checks.map((check) => ({ ...check, summary: clockless(check.summary), details: check.details.map(clockless) })),
    requests: requests.map(({ trace, ...request }) => ({
      ...request,
      ...(request.error === undefined ? {} : { error: clockless(request.error) }),
      spans: trace === undefined ? [] : normalForm(trace),
    })),
    other: otherTraces.map(normalForm).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    golden: golden.map(({ scenario, file, status, diff }) => ({ scenario, file, status, ...(diff === undefined ? {} : { diff }) })),
    spans,
    logs,
  };
}

/** Parents first, as the rows of a span tree stand. */
function timesOf(spans: readonly NormalSpan[], origins: ReadonlyMap<NormalSpan, SpanRecord>): readonly (readonly number[])[] {
  const flat = (each: readonly NormalSpan[]): readonly NormalSpan[] => each.flatMap((span) => [span, ...flat(span.children ?? [])]);
  const records = flat(spans).map((span) => origins.get(span));
  const first = records.reduce((least, record) => Math.min(least, record?.startMs ?? least), Number.POSITIVE_INFINITY);
  const round = (ms: number): number => Math.round(ms * 1000) / 1000;
  return records.map((record) => (record === undefined ? [] : [round(record.startMs - first), round(record.durationMs)]));
}

/** Durations and chosen ports differ from run to run. */
function clockless(text: string): string {
  return text.replaceAll(/ after \d+ ms/g, '').replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1');
}
