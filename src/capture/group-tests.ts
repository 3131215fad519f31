import { buildTraces, type Golden, type GoldenTrace, normalizeTrace, type Received, type Trace } from '../trace/index.ts';
import { maskVolatile } from '../trace/stable-attributes.ts';
import type { TestCall } from './test-calls.ts';
import { scenarioNames } from './test-scenario.ts';

/** What the requests of one test caused. */
export interface TestTraces {
  readonly file: string;
  /** Suites and test, outermost first. */
  readonly test: readonly string[];
  readonly scenario: string;
  readonly requests: readonly { readonly request: string; readonly trace: Trace | undefined }[];
}

export interface Grouped {
  readonly tests: readonly TestTraces[];
  /** Traces of requests that were sent outside a test, or while several tests of one process ran. */
  readonly outside: readonly Trace[];
  /** Traces of no request that a test process sent. */
  readonly strangers: readonly Trace[];
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Concrete ids in a path differ from run to run. */
function labelOf({ method, path }: TestCall): string {
  return `${method} ${maskVolatile(path)}`;
}

function groupFile(file: string, calls: readonly TestCall[], traces: ReadonlyMap<string, Trace>): TestTraces[] {
  const scenarios = scenarioNames(
    file,
    calls.map(({ test }) => test),
  );
  return [...scenarios]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([key, scenario]) => {
      const own = calls.filter(({ test }) => test.join(' > ') === key);
      const requests = own.map((call) => ({ request: labelOf(call), trace: traces.get(call.traceId) }));
      return { file, test: own[0]?.test ?? [], scenario, requests };
    });
}

/** Sorts the received spans by the test whose request caused them. */
export function groupTests(calls: readonly TestCall[], received: Pick<Received, 'spans' | 'logs'>): Grouped {
  const callers = new Set(calls.map(({ spanId }) => spanId));
  const traces = new Map(buildTraces(received.spans, received.logs, callers).map((trace) => [trace.traceId, trace]));
  const inside = calls.filter(({ test }) => test.length > 0);
  const files = [...new Set(inside.map(({ file }) => file))].sort(byCodeUnit);
  const tests = files.flatMap((file) =>
    groupFile(
      file,
      inside.filter((call) => call.file === file),
      traces,
    ),
  );
  const outsideIds = new Set(calls.filter(({ test }) => test.length === 0).map(({ traceId }) => traceId));
  const insideIds = new Set(inside.map(({ traceId }) => traceId));
  const rest = [...traces.values()].filter(({ traceId }) => !insideIds.has(traceId));
  return {
    tests,
    outside: rest.filter(({ traceId }) => outsideIds.has(traceId)),
    strangers: rest.filter(({ traceId }) => !outsideIds.has(traceId)),
  };
}

/** The golden trace of one test. Requests in canonical order, because a test may send them in parallel; those without a span are left out. */
export function goldenOf({ scenario, requests }: TestTraces, attributes: readonly string[]): Golden {
  const traces = requests.flatMap(({ request, trace }): GoldenTrace[] =>
    trace ? [{ request, spans: normalizeTrace(trace, { attributes }) }] : [],
  );
  const keyed = traces.map((trace) => ({ trace, key: `${trace.request}\n${JSON.stringify(trace.spans)}` }));
  return { version: 1, scenario, traces: keyed.sort((a, b) => byCodeUnit(a.key, b.key)).map(({ trace }) => trace) };
}
