import type { Attributes, LogRecord, SpanRecord } from '../trace/index.ts';
import { groupBy } from './group-by.ts';
import { type Impact, internalSpans, limits, rules, type Subject, shortSpans, undecidable } from './rules.ts';

export interface RuleResult {
  readonly id: string;
  readonly impact: Impact;
  readonly passed: boolean;
  /** What fails, each name once with how often, most frequent first. */
  readonly failing: readonly string[];
}

/** How much of a budget the noisiest trace uses. */
export interface Budget {
  readonly most: number;
  readonly limit: number;
}

export interface ServiceScore {
  readonly service: string;
  /** 0 to 100, two decimals, from the rules that were decided. */
  readonly score: number;
  readonly category: 'Excellent' | 'Good' | 'Needs Improvement' | 'Poor';
  readonly rules: readonly RuleResult[];
  /** Rules of the specification that are not in the score. */
  readonly undecided: readonly { readonly id: string; readonly why: string }[];
  /** SPA-001 and SPA-005. */
  readonly noise: { readonly internal: Budget; readonly short: Budget };
}

const weights: Record<Impact, number> = { Critical: 40, Important: 30, Normal: 20, Low: 10 };

/** The Instrumentation Score of each service, by name. `callers` are span ids of the one who asked. */
export function scoreServices(
  spans: readonly SpanRecord[],
  logs: readonly LogRecord[],
  callers: ReadonlySet<string> = new Set(),
): readonly ServiceScore[] {
  const byTrace = groupBy(spans, ({ traceId }) => traceId);
  const logsOf = groupBy(logs, ({ service }) => service);
  const spansOf = groupBy(spans, ({ service }) => service);
  return [...new Set([...spansOf.keys(), ...logsOf.keys()])].sort().map((service) => {
    const own = spansOf.get(service) ?? [];
    const ownLogs = logsOf.get(service) ?? [];
    const around = [...new Set(own.map(({ traceId }) => traceId))].flatMap((id) => byTrace.get(id) ?? []);
    return scoreOne(service, { spans: own, logs: ownLogs, resources: distinct([...own, ...ownLogs]), around, callers });
  });
}

function scoreOne(service: string, subject: Subject): ServiceScore {
  const answers = rules.map(({ id, impact, failing }) => ({ id, impact, failing: failing(subject) }));
  const decided = answers.flatMap(({ id, impact, failing }) =>
    failing === undefined ? [] : [{ id, impact, passed: failing.length === 0, failing: counted(failing) }],
  );
  const open = answers.filter(({ failing }) => failing === undefined);
  const total = sum(decided);
  const score = total === 0 ? 0 : Math.round((sum(decided.filter(({ passed }) => passed)) / total) * 10_000) / 100;
  return {
    service,
    score,
    category: score >= 90 ? 'Excellent' : score >= 75 ? 'Good' : score >= 50 ? 'Needs Improvement' : 'Poor',
    rules: decided,
    undecided: [...open.map(({ id }) => ({ id, why: 'the resource does not say enough' })), ...undecidable],
    noise: {
      internal: { most: mostPerTrace(internalSpans(subject.spans)), limit: limits.internal },
      short: { most: mostPerTrace(shortSpans(subject.around)), limit: limits.short },
    },
  };
}

function sum(results: readonly { readonly impact: Impact }[]): number {
  return results.reduce((all, { impact }) => all + weights[impact], 0);
}

function mostPerTrace(spans: readonly SpanRecord[]): number {
  return [...groupBy(spans, ({ traceId }) => traceId).values()].reduce((most, { length }) => Math.max(most, length), 0);
}

function counted(names: readonly string[]): readonly string[] {
  const groups = [...groupBy(names, (name) => name)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return groups.map(([name, same]) => (same.length === 1 ? name : `${name} (${same.length} times)`));
}

/** Spans of one process share one resource object or equal ones. */
function distinct(records: readonly { readonly resource: Attributes }[]): readonly Attributes[] {
  const objects = new Set(records.map(({ resource }) => resource));
  return [...new Map([...objects].map((resource) => [JSON.stringify(resource), resource])).values()];
}
