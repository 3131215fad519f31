import semver from 'semver';
import { cohorts } from '../cohort/cohorts.ts';
import type { Attributes, LogRecord, SpanRecord } from '../trace/index.ts';
import { groupBy } from './group-by.ts';

export type Impact = 'Critical' | 'Important' | 'Normal' | 'Low';

/** Telemetry of one service, and what its traces hold besides. */
export interface Subject {
  readonly spans: readonly SpanRecord[];
  readonly logs: readonly LogRecord[];
  readonly resources: readonly Attributes[];
  /** Every span of the traces that the service is part of. */
  readonly around: readonly SpanRecord[];
  /** Span ids of the one who asked; it sends no spans of its own. */
  readonly callers: ReadonlySet<string>;
}

/** One rule of the Instrumentation Score specification. `undefined`: this telemetry cannot decide it. */
export interface Rule {
  readonly id: string;
  readonly impact: Impact;
  /** Names of what fails, empty when the rule holds. */
  readonly failing: (subject: Subject) => readonly string[] | undefined;
}

/** Most INTERNAL spans of one service in one trace (SPA-001), and spans under 5 ms in one trace (SPA-005). */
export const limits = { internal: 10, short: 20, shortMs: 5 } as const;

const resourceOnly =
  /^(?:service\.(?:name|version|namespace|instance\.id)|telemetry\.sdk\.\w+|deployment\.environment\.name|k8s\.\S+|process\.runtime\.\w+)$/;
const signalOnly = /^(?:http\.|url\.|db\.|messaging\.|rpc\.|exception\.)/;

/** The rules that spans, logs and resources can decide, by https://github.com/instrumentation-score/spec. */
export const rules: readonly Rule[] = [
  { id: 'RES-001', impact: 'Normal', failing: ({ resources }) => lacking(resources, 'service.instance.id') },
  { id: 'RES-002', impact: 'Important', failing: ({ resources }) => sharedInstances(resources) },
  {
    id: 'RES-003',
    impact: 'Important',
    failing: ({ resources }) =>
      lacking(
        resources.filter((each) => Object.keys(each).some((key) => key.startsWith('k8s.'))),
        'k8s.pod.uid',
      ),
  },
  { id: 'RES-004', impact: 'Important', failing: misplaced },
  { id: 'RES-005', impact: 'Critical', failing: ({ resources }) => lacking(resources, 'service.name') },
  { id: 'SDK-001', impact: 'Low', failing: ({ resources }) => unsupported(resources) },
  { id: 'SPA-001', impact: 'Normal', failing: ({ spans }) => crowds(internalSpans(spans), limits.internal) },
  {
    id: 'SPA-002',
    impact: 'Normal',
    failing: ({ spans, around, callers }) => {
      const ids = new Set(around.map(({ traceId, spanId }) => `${traceId}:${spanId}`));
      const orphans = spans.filter(
        ({ traceId, parentSpanId: parent }) => parent !== '' && !callers.has(parent) && !ids.has(`${traceId}:${parent}`),
      );
      return orphans.map(nameOf);
    },
  },
  {
    id: 'SPA-004',
    impact: 'Important',
    failing: ({ spans, callers }) => spans.filter((span) => span.kind === 'CLIENT' && isRoot(span, callers)).map(nameOf),
  },
  {
    id: 'SPA-005',
    impact: 'Important',
    failing: ({ spans, around }) => {
      const own = new Set(shortSpans(spans).map(({ traceId }) => traceId));
      return crowds(
        shortSpans(around).filter(({ traceId }) => own.has(traceId)),
        limits.short,
      );
    },
  },
  {
    id: 'LOG-002',
    impact: 'Important',
    failing: ({ logs }) => logs.filter(({ severity }) => severity === '' || severity === 'UNSET').map(({ scope }) => `log of ${scope}`),
  },
];

/** Rules of the specification that one run cannot decide. */
export const undecidable: readonly { readonly id: string; readonly why: string }[] = [
  { id: 'SPA-003', why: 'its criteria are still open in the specification' },
  { id: 'LOG-001', why: 'it asks about 14 days of production' },
  ...['MET-001', 'MET-002', 'MET-003', 'MET-004', 'MET-005', 'MET-006'].map((id) => ({ id, why: 'metrics are not kept' })),
];

export function internalSpans(spans: readonly SpanRecord[]): readonly SpanRecord[] {
  return spans.filter(({ kind }) => kind === 'INTERNAL');
}

export function shortSpans(spans: readonly SpanRecord[]): readonly SpanRecord[] {
  return spans.filter(({ durationMs }) => durationMs < limits.shortMs);
}

function isRoot({ parentSpanId }: SpanRecord, callers: ReadonlySet<string>): boolean {
  return parentSpanId === '' || callers.has(parentSpanId);
}

function nameOf({ kind, name }: SpanRecord): string {
  return `${kind} ${name}`;
}

/** Names of the spans in every trace that has too many of them. */
function crowds(spans: readonly SpanRecord[], limit: number): readonly string[] {
  return [...groupBy(spans, ({ traceId }) => traceId).values()].filter(({ length }) => length > limit).flatMap((own) => own.map(nameOf));
}

function lacking(resources: readonly Attributes[], key: string): readonly string[] {
  return resources.filter((each) => typeof each[key] !== 'string' || each[key] === '').map(() => `resource without ${key}`);
}

function sharedInstances(resources: readonly Attributes[]): readonly string[] {
  const known = resources.filter((each) => each['service.instance.id'] !== undefined);
  const groups = groupBy(known, (each) => String(each['service.instance.id']));
  return [...groups].flatMap(([id, same]) => {
    const places = ['k8s.pod.uid', 'k8s.pod.name', 'container.id', 'host.name'].map(
      (key) => new Set(same.flatMap((each) => (each[key] === undefined ? [] : [String(each[key])]))),
    );
    return places.some(({ size }) => size > 1) ? [`service.instance.id ${id}`] : [];
  });
}

function misplaced({ spans, logs, resources }: Subject): readonly string[] {
  const below = [...spans, ...logs].flatMap(({ attributes }) => Object.keys(attributes).filter((key) => resourceOnly.test(key)));
  const above = resources.flatMap((each) => Object.keys(each).filter((key) => signalOnly.test(key)));
  return [...below.map((key) => `${key} on a span or log`), ...above.map((key) => `${key} on the resource`)];
}

/** Each SDK line with the Node.js versions it declares; other languages, or a resource that says neither, are not decided. */
function unsupported(resources: readonly Attributes[]): readonly string[] | undefined {
  const verdicts = resources.map((each) => {
    const sdk = semver.coerce(String(each['telemetry.sdk.version'] ?? ''));
    const node = semver.coerce(String(each['process.runtime.version'] ?? ''));
    const line = cohorts.find(({ id }) => id === `sdk-${sdk?.major}`);
    if (each['telemetry.sdk.language'] !== 'nodejs' || line === undefined || node === null) return undefined;
    return semver.satisfies(node, line.nodes) ? [] : [`SDK ${sdk?.version} on Node.js ${node.version}`];
  });
  return verdicts.includes(undefined) ? undefined : verdicts.flatMap((each) => each ?? []);
}
