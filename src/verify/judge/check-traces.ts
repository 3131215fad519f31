import { labelOf, type SpanNode, type Trace, walkSpans } from '../../trace/index.ts';
import { plural } from './plural.ts';
import type { Check, RequestReport } from './report.ts';

/** Work that reached a service although no request of the scenario asked for it: a timer, or a request that lost its trace. */
function detachedWork(otherTraces: readonly Trace[]): string[] {
  return otherTraces
    .filter(({ roots }) => roots.every(({ span }) => span.kind !== 'SERVER'))
    .filter(({ roots }) => [...walkSpans(roots)].some(({ span }) => span.kind === 'SERVER'))
    .flatMap(({ roots }) => roots.map(({ span }) => `${labelOf(span)} belongs to no request`));
}

/** How many `traceparent` came with the request of a SERVER span, when there was more than one: then no trace is continued. */
function sentTwice({ attributes }: SpanNode['span']): unknown {
  return attributes['tracewright.traceparent_count'];
}

/** One request, one trace: its spans have one root, and no service began a trace of its own. */
export function checkTraces(requests: readonly RequestReport[], otherTraces: readonly Trace[]): Check {
  const id = 'one-trace-per-request';
  const lost = requests.filter(({ trace, error }) => trace === undefined && error === undefined);
  if (lost.length === 0 && requests.length > 0 && requests.every(({ trace }) => trace === undefined))
    return { id, status: 'skip', summary: 'No request was answered, so none has a trace', details: [] };
  const forked = requests.filter(({ trace, isCommand }) => trace !== undefined && trace.roots.length > 1 && !isCommand);
  const strays = otherTraces.flatMap(({ roots }) => roots.filter(({ span }) => span.kind === 'SERVER'));
  const faults = [
    ...lost.map(({ request }) => `${request}: no span arrived`),
    ...forked.map(({ request, trace }) => `${request}: ${trace?.roots.length} spans have no parent but the caller`),
    ...strays.map(
      ({ span }) =>
        `${labelOf(span)} started a trace of its own${sentTwice(span) ? `: its request had ${sentTwice(span)} \`traceparent\` headers` : ''}`,
    ),
  ];
  const detached = detachedWork(otherTraces);
  const details = [...faults, ...detached];
  if (details.length === 0) return { id, status: 'pass', summary: `One trace for each of ${plural(requests.length, 'request')}`, details };
  if (faults.length === 0) {
    const next = 'Fine for timers and start-up work; otherwise the trace context was lost on the way to that call.';
    return { id, status: 'warn', summary: `${plural(detached.length, 'call')} between services outside every request`, details, next };
  }
  const next =
    lost.length === requests.length
      ? 'No request was traced: see whether the instrumentation was loaded, and whether spans are flushed on SIGTERM.'
      : strays.some(({ span }) => sentTwice(span))
        ? 'Let one alone write `traceparent`: the instrumentation, or what passes it on by hand or is a second tracer (`tracewright check` looks for both).'
        : 'Pass the trace context along: outgoing requests need `traceparent`, and each service must read it.';
  return { id, status: 'fail', summary: `${plural(faults.length, 'trace')} missing or split`, details, next };
}
