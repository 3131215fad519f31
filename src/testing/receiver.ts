import { randomBytes } from 'node:crypto';
import { buildTraces, type GoldenTrace, normalizeTrace, startReceiver as startOtlpReceiver, type Trace } from '../trace/index.ts';
import { programEnvironment } from '../verify/setup/environment.ts';

/** Something whose traces can be asked about: a request, or all that a receiver got. */
export interface TraceSource {
  /** What arrived so far. */
  traces(): readonly Trace[];
  /** Resolves true as soon as it holds, asked at once and after every arrival; false after the time. */
  until(holds: () => boolean, timeoutMs: number): Promise<boolean>;
  /** The traces in their normal form, by request; `attributes` names further ones to keep. */
  golden(attributes?: readonly string[]): readonly GoldenTrace[];
  /** Why something that was sent could not be read, for example the wrong protocol, and what was dropped. */
  problems(): readonly string[];
  /** Programs that still run, so that spans may be missing. */
  running(): readonly string[];
}

/** An answer, and the traces its request caused: its own, and those that began meanwhile and belong to no request. */
export interface TracedResponse extends TraceSource {
  readonly response: Response;
  /** `METHOD /path`. */
  readonly request: string;
  readonly traceId: string;
}

export interface TestReceiver extends TraceSource {
  readonly url: string;
  /** Variables that make a program send its telemetry here. */
  readonly env: Readonly<Record<string, string>>;
  /** Like `fetch`, with a trace id of its own. */
  request(url: string | URL, init?: RequestInit): Promise<TracedResponse>;
  /** Names a program as running until the returned function is called. */
  attach(program: string): () => Promise<void>;
  close(): Promise<void>;
}

export interface TestReceiverOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

interface Sent {
  readonly request: string;
  readonly traceId: string;
  readonly spanId: string;
}

function telemetryVariables(url: string): Record<string, string> {
  const service = { name: 'tests', dir: '', command: '', choosePort: false, env: {} };
  const pairs = Object.entries(programEnvironment(service, new Map(), url, {}));
  return Object.fromEntries(pairs.filter(([key]) => key.startsWith('OTEL_')));
}

function goldenTraces(traces: readonly Trace[], sent: readonly Sent[], attributes: readonly string[] = []): GoldenTrace[] {
  const labelled = traces.map((trace) => ({
    request: sent.find(({ traceId }) => traceId === trace.traceId)?.request ?? 'no request',
    spans: normalizeTrace(trace, { attributes }),
  }));
  const keyed = labelled.map((trace) => ({ trace, key: JSON.stringify(trace) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ trace }) => trace);
}

/** Starts an OTLP receiver in the test process, on 127.0.0.1. */
export async function startReceiver(options: TestReceiverOptions = {}): Promise<TestReceiver> {
  const receiver = await startOtlpReceiver(options);
  const sent: Sent[] = [];
  const programs: string[] = [];
  const traces = (): Trace[] => buildTraces(receiver.spans, receiver.logs, new Set(sent.map(({ spanId }) => spanId)));
  const until = (holds: () => boolean, timeoutMs: number): Promise<boolean> => receiver.until(holds, timeoutMs);
  const running = (): readonly string[] => programs;
  const problems = (): string[] => {
    const lost = receiver.drops.spans + receiver.drops.logs + receiver.drops.bodies;
    return [...receiver.problems, ...(lost > 0 ? [`${lost} records or bodies, for which there was no room`] : [])];
  };
  const startOf = ({ roots, orphans }: Trace): number => Math.min(...[...roots, ...orphans].map(({ span }) => span.startMs));

  const request = async (url: string | URL, init: RequestInit = {}): Promise<TracedResponse> => {
    const call: Sent = {
      request: `${init.method ?? 'GET'} ${new URL(url).pathname}`,
      traceId: randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
    };
    sent.push(call);
    const headers = new Headers(init.headers);
    headers.set('traceparent', `00-${call.traceId}-${call.spanId}-01`);
    const began = Date.now();
    const response = await fetch(url, { ...init, headers });
    const ended = Date.now();
    const isOwn = (trace: Trace): boolean => {
      if (trace.traceId === call.traceId) return true;
      return !sent.some(({ traceId }) => traceId === trace.traceId) && startOf(trace) >= began && startOf(trace) <= ended + 1;
    };
    const rank = (trace: Trace): number => (trace.traceId === call.traceId ? 0 : startOf(trace));
    const own = (): Trace[] =>
      traces()
        .filter(isOwn)
        .sort((a, b) => rank(a) - rank(b));
    return {
      response,
      request: call.request,
      traceId: call.traceId,
      traces: own,
      until,
      running,
      golden: (attributes) => goldenTraces(own(), sent, attributes),
      problems,
    };
  };

  return {
    url: receiver.url,
    env: telemetryVariables(receiver.url),
    traces,
    until,
    running,
    golden: (attributes) => goldenTraces(traces(), sent, attributes),
    problems,
    request,
    attach(program) {
      programs.push(program);
      return async () => {
        await receiver.settled();
        const at = programs.indexOf(program);
        if (at >= 0) programs.splice(at, 1);
      };
    },
    close: () => receiver.close(),
  };
}
